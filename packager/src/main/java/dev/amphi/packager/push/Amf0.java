package dev.amphi.packager.push;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Action Message Format 0: {@link Double}, {@link Boolean}, {@link String}, {@link #NULL}, maps
 * with names, and lists. Of what is read everything else counts as {@link #NULL}.
 */
final class Amf0 {
  /** Null and undefined. */
  static final Object NULL = new Object();

  private static final int NUMBER = 0;
  private static final int BOOLEAN = 1;
  private static final int STRING = 2;
  private static final int OBJECT = 3;
  private static final int NOTHING = 5;
  private static final int UNDEFINED = 6;
  private static final int ECMA_ARRAY = 8;
  private static final int END = 9;
  private static final int STRICT_ARRAY = 10;
  private static final int DATE = 11;
  private static final int LONG_STRING = 12;
  private static final int DEEPEST = 8;

  private Amf0() {}

  /** A map becomes an object. */
  static byte[] write(Object... values) {
    ByteQueue out = new ByteQueue();
    for (Object value : values) {
      write(out, value);
    }
    return out.take();
  }

  private static void write(ByteQueue out, Object value) {
    switch (value) {
      case Double number -> out.u8(NUMBER).u64(Double.doubleToLongBits(number));
      case Boolean flag -> out.u8(BOOLEAN).u8(flag ? 1 : 0);
      case String text -> name(out.u8(STRING), text);
      case Map<?, ?> fields -> {
        out.u8(OBJECT);
        fields.forEach((name, field) -> write(name(out, String.valueOf(name)), field));
        out.u24(END);
      }
      default -> out.u8(NOTHING);
    }
  }

  private static ByteQueue name(ByteQueue out, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return out.u16(bytes.length).add(bytes);
  }

  /** What a message holds, up to where it makes no sense any more. */
  static List<Object> read(ByteBuffer in) {
    List<Object> values = new ArrayList<>();
    try {
      while (in.hasRemaining()) {
        values.add(value(in, 0));
      }
    } catch (BufferUnderflowException | IndexOutOfBoundsException | IllegalArgumentException e) {
      return values; // what came before is good
    }
    return values;
  }

  private static Object value(ByteBuffer in, int depth) {
    if (depth > DEEPEST) {
      throw new IllegalArgumentException("Too deep");
    }
    int marker = in.get();
    return switch (marker) {
      case NUMBER -> in.getDouble();
      case BOOLEAN -> in.get() != 0;
      case STRING -> text(in, in.getShort() & 0xffff);
      case LONG_STRING -> text(in, in.getInt());
      case OBJECT -> fields(in, depth);
      case ECMA_ARRAY -> {
        in.getInt(); // how many it believes to have
        yield fields(in, depth);
      }
      case STRICT_ARRAY -> elements(in, in.getInt(), depth);
      case DATE -> {
        in.getDouble();
        in.getShort();
        yield NULL;
      }
      case NOTHING, UNDEFINED -> NULL;
      default -> throw new IllegalArgumentException("Unknown marker " + marker);
    };
  }

  private static String text(ByteBuffer in, int length) {
    if (length < 0 || length > in.remaining()) {
      throw new IllegalArgumentException("A text claims " + length + " bytes");
    }
    byte[] bytes = new byte[length];
    in.get(bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private static Map<String, Object> fields(ByteBuffer in, int depth) {
    Map<String, Object> fields = new LinkedHashMap<>();
    while (true) {
      String name = text(in, in.getShort() & 0xffff);
      if (name.isEmpty() && in.get(in.position()) == END) {
        in.get();
        return fields;
      }
      fields.put(name, value(in, depth + 1));
    }
  }

  private static List<Object> elements(ByteBuffer in, int count, int depth) {
    List<Object> elements = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      elements.add(value(in, depth + 1));
    }
    return elements;
  }
}
