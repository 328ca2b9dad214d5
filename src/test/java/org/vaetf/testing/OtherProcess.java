package org.vaetf.testing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Work on broken files in a process of its own: native code that trips over one ends that process
 * and not this one, and which file it was is known.
 */
public final class OtherProcess {
  private static final String AT = "broken file number ";
  private static final String READ = "of which could be read ";
  private static final Duration LONGEST = Duration.ofSeconds(60);
  private static final int TOO_LONG = 3;
  private static final int FAULT = 4;

  /** What native code may hold at most: a few hundred megabytes are TensorFlow itself. */
  private static final long MOST_KILOBYTES = 2_000_000;

  private OtherProcess() {}

  /** What is done with the broken file of a number. */
  public interface Work {
    /** Whether it could be read; any exception is a fault. */
    boolean of(long number) throws Exception;
  }

  /**
   * The other process: does the work for each number from the first argument to the second.
   *
   * @param arguments as {@link #run} gave them
   * @param work what to do
   */
  public static void work(String[] arguments, Work work) {
    AtomicLong begun = new AtomicLong(System.nanoTime());
    Thread watch = new Thread(() -> endWhenLate(begun), "watch");
    watch.setDaemon(true);
    watch.start();
    int read = 0;
    for (long number = Long.parseLong(arguments[0]);
        number < Long.parseLong(arguments[1]);
        number++) {
      say(AT + number);
      begun.set(System.nanoTime());
      try {
        read += work.of(number) ? 1 : 0;
        requireLittleMemory();
      } catch (Throwable e) {
        e.printStackTrace();
        Runtime.getRuntime().halt(FAULT);
      }
    }
    say(READ + read);
  }

  private static void say(String line) {
    System.out.println(line);
    System.out.flush();
  }

  private static void endWhenLate(AtomicLong begun) {
    while (System.nanoTime() - begun.get() < LONGEST.toNanos()) {
      try {
        Thread.sleep(1000);
      } catch (InterruptedException e) {
        return;
      }
    }
    System.err.println("takes longer than " + LONGEST);
    Runtime.getRuntime().halt(TOO_LONG);
  }

  /** Where the system tells: the most that the process ever held. */
  private static void requireLittleMemory() throws IOException {
    Path status = Path.of("/proc/self/status");
    if (Files.exists(status)) {
      for (String line : Files.readAllLines(status)) {
        if (line.startsWith("VmHWM:") && kilobytes(line) > MOST_KILOBYTES) {
          throw new IllegalStateException("the process holds too much: " + line);
        }
      }
    }
  }

  private static long kilobytes(String line) {
    return Long.parseLong(line.replaceAll("\\D", ""));
  }

  /**
   * Has another process do the work of a class's {@code main}.
   *
   * @param main calls {@link #work}
   * @param from the first number
   * @param to one past the last
   * @param folder for what the process says; and its third argument
   * @return how many could be read
   * @throws AssertionError if the process crashed, or took too long; names the number
   */
  public static int run(Class<?> main, long from, long to, Path folder)
      throws IOException, InterruptedException {
    Path out = folder.resolve("out.txt");
    Path err = folder.resolve("err.txt");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx512m", "-XX:-CreateCoredumpOnCrash"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(List.of(Long.toString(from), Long.toString(to), folder.toString()));
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
    builder.environment().put("TF_CPP_MIN_LOG_LEVEL", "2");
    int exit = builder.start().waitFor();
    // TensorFlow says what it likes, in whatever bytes the file held.
    List<String> said = Files.readAllLines(out, StandardCharsets.ISO_8859_1);
    if (exit != 0) {
      List<String> complaints = Files.readAllLines(err, StandardCharsets.ISO_8859_1);
      throw new AssertionError(
          main.getSimpleName()
              + ", "
              + last(said, AT)
              + ": exit "
              + exit
              + "\n"
              + String.join(
                  "\n",
                  complaints.subList(Math.max(0, complaints.size() - 20), complaints.size())));
    }
    return Integer.parseInt(last(said, READ).substring(READ.length()));
  }

  private static String last(List<String> lines, String beginning) {
    return lines.stream()
        .filter(line -> line.startsWith(beginning))
        .reduce((before, line) -> line)
        .orElse("before the first");
  }
}
