package org.vaetf.base;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.EOFException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.zip.ZipException;
import org.junit.jupiter.api.Test;

class DataExceptionTest {

  @Test
  void namesFileLineAndColumn() {
    DataException e = new DataException("a.csv", 3, 2, "is wrong");
    assertEquals("a.csv:3:2: is wrong", e.getMessage());
    assertEquals(3, e.line());
    assertEquals(2, e.column());
    assertEquals("a.csv:3: is wrong", new DataException("a.csv", 3, 0, "is wrong").getMessage());
    assertEquals("a.csv: is wrong", new DataException("a.csv", "is wrong").getMessage());
  }

  @Test
  void everyFailureOfTheDiskHasItsLine() {
    assertEquals(
        "f: does not exist; check the path",
        DataException.unreadable("f", new NoSuchFileException("f")).getMessage());
    assertEquals(
        "f: may not be read; check its permissions",
        DataException.unreadable("f", new AccessDeniedException("f")).getMessage());
    assertEquals(
        "f: is cut short; copy or download it again",
        DataException.unreadable("f", new EOFException()).getMessage());
    assertTrue(
        DataException.unreadable("f", new ZipException("no")).getMessage().contains("damaged"));
    assertTrue(DataException.unreadable("f", new IOException("odd")).getMessage().contains("odd"));
  }

  @Test
  void theVersionIsKnown() {
    assertTrue(Version.library().matches("\\d+\\.\\d+\\.\\d+.*"), Version.library());
  }
}
