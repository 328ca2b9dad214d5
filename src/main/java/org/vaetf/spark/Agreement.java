package org.vaetf.spark;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.spark.BarrierTaskContext;
import org.vaetf.base.Json;
import org.vaetf.base.VaeException;
import org.vaetf.group.LostProcessException;

/**
 * What the tasks of a barrier stage do together, each its part. A part that is refused would be
 * refused again, so all tasks learn of it and end as if they were done; Spark begins them anew only
 * where one was lost, or something happened that the library does not know.
 */
final class Agreement {
  private final BarrierTaskContext context;

  Agreement(BarrierTaskContext context) {
    this.context = context;
  }

  /**
   * Does a part, and waits for all.
   *
   * @return what each task's part gave, in their order
   * @throws Refused if the part of any of them was refused, in all of them alike
   * @throws LostProcessException if this one lost another, and no part was refused
   */
  List<String> all(Supplier<String> part) {
    Optional<LostProcessException> lost = Optional.empty();
    Part own;
    try {
      own = Part.done(part.get());
    } catch (LostProcessException e) {
      lost = Optional.of(e);
      own = Part.done("");
    } catch (VaeException e) {
      own = Part.refused(e.getMessage());
    }
    List<Part> parts = Arrays.stream(context.allGather(own.toJson())).map(Part::ofJson).toList();
    for (Part each : parts) {
      if (!each.refusal().isEmpty()) {
        throw new Refused(each.refusal());
      }
    }
    if (lost.isPresent()) {
      throw lost.get();
    }
    return parts.stream().map(Part::result).toList();
  }

  /**
   * What became of a part.
   *
   * @param result what it gave, where it was not refused
   * @param refusal the library's one line; empty where it was not refused
   */
  record Part(String result, String refusal) {
    static Part done(String result) {
      return new Part(result, "");
    }

    static Part refused(String refusal) {
      return new Part("", refusal);
    }

    static Part ofJson(String text) {
      return Json.read("what a task says", text, Part.class);
    }

    String toJson() {
      return Json.write(this);
    }
  }

  /** The library has refused the part of a task. */
  static final class Refused extends VaeException {
    private static final long serialVersionUID = 1L;

    Refused(String refusal) {
      super(refusal);
    }
  }
}
