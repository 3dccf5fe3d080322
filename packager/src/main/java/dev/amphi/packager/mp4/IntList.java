package dev.amphi.packager.mp4;

import java.util.Arrays;

/** Integers without a box each: two hours of sample sizes are half a million. */
final class IntList {
  private int[] values = new int[256];
  private int size;

  void add(int value) {
    if (size == values.length) {
      values = Arrays.copyOf(values, size * 2);
    }
    values[size++] = value;
  }

  int size() {
    return size;
  }

  int get(int index) {
    return values[index];
  }

  void addToLast(int more) {
    values[size - 1] = Math.addExact(values[size - 1], more);
  }
}
