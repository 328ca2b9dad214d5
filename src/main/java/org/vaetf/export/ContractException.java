package org.vaetf.export;

import java.nio.file.Path;
import org.vaetf.base.VaeException;

/** A folder is not a SavedModel of the contract. */
public class ContractException extends VaeException {
  private static final long serialVersionUID = 1L;

  /** What is there. */
  private final String found;

  /** What should be. */
  private final String expected;

  /**
   * A breach of the contract.
   *
   * @param folder where
   * @param found what is there
   * @param expected what should be
   */
  public ContractException(Path folder, String found, String expected) {
    super(folder + ": found " + found + "; expected " + expected);
    this.found = found;
    this.expected = expected;
  }

  /**
   * What is there.
   *
   * @return in words
   */
  public String found() {
    return found;
  }

  /**
   * What should be.
   *
   * @return in words
   */
  public String expected() {
    return expected;
  }
}
