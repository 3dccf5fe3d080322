package dev.amphi.interactive.pipeline;

import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How much heap hangs on some objects, counted and not measured, so that it is the same in every
 * run: headers of 16 bytes, references of 4, as on a heap below 32 GiB. Of the JDK's classes only
 * collections are looked into.
 */
final class HeapSize {
  private static final int HEADER = 16;
  private static final int REFERENCE = 4;
  private static final int ENTRY = 40;

  private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Deque<Object> open = new ArrayDeque<>();
  private final Map<String, Long> byOwner = new TreeMap<>();
  private long bytes;

  /** The bytes that hang on these objects, apart from what was counted before. */
  long add(Object... roots) {
    long before = bytes;
    for (Object root : roots) {
      visit(root);
    }
    while (!open.isEmpty()) {
      look(open.remove());
    }
    return bytes - before;
  }

  /** What each class holds in its own fields and arrays. */
  Map<String, Long> byOwner() {
    return byOwner;
  }

  private void visit(@Nullable Object object) {
    if (object == null || object instanceof Class<?> || object instanceof Enum<?>) {
      return;
    }
    if (seen.add(object)) {
      open.add(object);
    }
  }

  private void count(String owner, long size) {
    long rounded = (size + 7) / 8 * 8;
    bytes += rounded;
    byOwner.merge(owner, rounded, Long::sum);
  }

  private void look(Object object) {
    if (object instanceof Collection<?> all) {
      count("collections", HEADER + (long) all.size() * REFERENCE);
      all.forEach(this::visit);
    } else if (object instanceof Map<?, ?> map) {
      count("collections", HEADER + (long) map.size() * ENTRY);
      map.keySet().forEach(this::visit);
      map.values().forEach(this::visit);
    } else if (object instanceof Object[] array) {
      for (Object element : array) {
        visit(element);
      }
    } else if (object.getClass().getName().startsWith("java")) {
      count("other", HEADER);
    } else {
      fields(object);
    }
  }

  private void fields(Object object) {
    String owner = object.getClass().getSimpleName();
    long size = HEADER;
    for (Class<?> c = object.getClass(); c != null && c != Object.class; c = c.getSuperclass()) {
      for (Field field : c.getDeclaredFields()) {
        if (Modifier.isStatic(field.getModifiers())) {
          continue;
        }
        size += field.getType() == long.class || field.getType() == double.class ? 8 : REFERENCE;
        if (!field.getType().isPrimitive()) {
          reference(owner, field, object);
        }
      }
    }
    count(owner, size);
  }

  private void reference(String owner, Field field, Object object) {
    Object value;
    try {
      field.setAccessible(true);
      value = field.get(object);
    } catch (IllegalAccessException e) {
      throw new AssertionError(e);
    }
    if (value != null && value.getClass().isArray() && !seen.contains(value)) {
      array(owner, value);
    }
    visit(value);
  }

  /** An array counts to who holds it, with the arrays in it. */
  private void array(String owner, Object array) {
    Class<?> of = array.getClass().getComponentType();
    int each =
        of == long.class || of == double.class
            ? 8
            : of == byte.class || of == boolean.class ? 1 : of == short.class ? 2 : REFERENCE;
    count(owner, HEADER + (long) each * Array.getLength(array));
    if (array instanceof Object[] elements) {
      for (Object element : elements) {
        if (element != null && element.getClass().isArray() && seen.add(element)) {
          array(owner, element);
        }
      }
    }
    if (of.isPrimitive()) {
      seen.add(array);
    }
  }
}
