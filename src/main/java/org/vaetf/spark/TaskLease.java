package org.vaetf.spark;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.apache.spark.TaskContext;
import org.apache.spark.util.TaskCompletionListener;
import org.vaetf.export.SavedModelVae;

/** The lease that a task has of a model from its first call to its end, however that comes. */
final class TaskLease {
  private static final Map<Key, SharedModels.Lease> LEASES = new ConcurrentHashMap<>();

  private TaskLease() {}

  private record Key(long task, String model) {}

  /** Does something with a model; outside of tasks the lease ends with the call. */
  static <T> T call(DistributedModel model, Function<SavedModelVae, T> work) {
    TaskContext task = TaskContext.get();
    if (task == null) {
      try (SharedModels.Lease lease = SharedModels.HERE.take(model)) {
        return work.apply(lease.vae());
      }
    }
    Key key = new Key(task.taskAttemptId(), model.id());
    SharedModels.Lease lease = LEASES.get(key);
    if (lease == null) {
      SharedModels.Lease taken = SharedModels.HERE.take(model);
      lease = taken;
      LEASES.put(key, taken);
      task.addTaskCompletionListener(
          (TaskCompletionListener)
              context -> {
                LEASES.remove(key);
                taken.close();
              });
    }
    return work.apply(lease.vae());
  }
}
