package org.vaetf.spark;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.vaetf.base.DaemonThreads;
import org.vaetf.export.SavedModelVae;

/**
 * The models that this JVM has loaded, each once, for all tasks. One that nobody has used for a
 * while is closed.
 */
final class SharedModels {
  private static final long IDLE_SECONDS = 60;

  /** Those of this JVM. */
  static final SharedModels HERE = new SharedModels(TimeUnit.SECONDS.toMillis(IDLE_SECONDS));

  private final long idleMillis;
  private final Map<String, Loaded> loaded = new HashMap<>();
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(DaemonThreads.named("vae-tf-models"));

  SharedModels(long idleMillis) {
    this.idleMillis = idleMillis;
  }

  /** A model with those who use it. */
  private static final class Loaded {
    private final SavedModelVae vae;
    private int users;
    private long releases;

    Loaded(SavedModelVae vae) {
      this.vae = vae;
    }
  }

  /** The right to use a model until it is closed, which does not close the model. */
  final class Lease implements AutoCloseable {
    private final String id;
    private final SavedModelVae vae;
    private boolean closed;

    private Lease(String id, SavedModelVae vae) {
      this.id = id;
      this.vae = vae;
    }

    SavedModelVae vae() {
      return vae;
    }

    @Override
    public void close() {
      release(this);
    }
  }

  /** The model; loaded if it is not yet. */
  synchronized Lease take(DistributedModel model) {
    Loaded entry = loaded.computeIfAbsent(model.id(), id -> new Loaded(model.load()));
    entry.users++;
    return new Lease(model.id(), entry.vae);
  }

  /** How many are loaded. */
  synchronized int count() {
    return loaded.size();
  }

  private synchronized void release(Lease lease) {
    if (lease.closed) {
      return;
    }
    lease.closed = true;
    Loaded entry = loaded.get(lease.id);
    entry.users--;
    long release = ++entry.releases;
    if (entry.users == 0) {
      var unused =
          clock.schedule(
              () -> closeIfUnused(lease.id, entry, release), idleMillis, TimeUnit.MILLISECONDS);
    }
  }

  private synchronized void closeIfUnused(String id, Loaded entry, long release) {
    if (entry.users == 0 && entry.releases == release) {
      loaded.remove(id);
      entry.vae.close();
    }
  }
}
