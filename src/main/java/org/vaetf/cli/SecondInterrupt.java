package org.vaetf.cli;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;

/**
 * Ctrl-C in a process that is ending already, which Java itself does not heed. The class for it,
 * {@code sun.misc.Signal}, is in every JDK but not in its specification: it is used by name, and
 * where it is missing a second Ctrl-C does nothing.
 */
final class SecondInterrupt {
  private SecondInterrupt() {}

  /**
   * Begins to watch.
   *
   * @param act what to do
   */
  static void watch(Runnable act) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      InvocationHandler acting =
          (proxy, method, arguments) -> {
            act.run();
            return null;
          };
      Object own =
          Proxy.newProxyInstance(
              SecondInterrupt.class.getClassLoader(), new Class<?>[] {handler}, acting);
      signal
          .getMethod("handle", signal, handler)
          .invoke(null, signal.getConstructor(String.class).newInstance("INT"), own);
    } catch (ReflectiveOperationException | IllegalArgumentException e) {
      // As the class comment says.
    }
  }
}
