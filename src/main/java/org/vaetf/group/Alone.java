package org.vaetf.group;

import java.util.List;

/** A group of one. */
enum Alone implements Group {
  ALONE;

  @Override
  public int rank() {
    return 0;
  }

  @Override
  public int size() {
    return 1;
  }

  @Override
  public void average(float[] values, long weight) {}

  @Override
  public List<String> all(String own) {
    return List.of(own);
  }
}
