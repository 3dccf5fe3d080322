package dev.amphi.composer.process;

import dev.amphi.composer.api.InkChange;
import java.nio.ByteBuffer;
import java.util.function.IntFunction;

/** Changes of what is drawn as bytes: a kind, then its fields. */
final class InkCodec {
  private static final int ON = 1;
  private static final int GROWN = 2;
  private static final int TAKEN = 3;
  private static final int CLEARED = 4;

  private InkCodec() {}

  /**
   * Spells a change.
   *
   * @param message makes a buffer for a body of so many bytes
   */
  static ByteBuffer encode(InkChange change, IntFunction<ByteBuffer> message) {
    return switch (change) {
      case InkChange.On on -> texts(message, ON, on.sourceId());
      case InkChange.Taken taken -> texts(message, TAKEN, taken.author(), taken.id());
      case InkChange.Cleared cleared -> texts(message, CLEARED);
      case InkChange.Grown grown -> {
        int body = 6 + Wire.bytesOf(grown.author()) + Wire.bytesOf(grown.id());
        ByteBuffer out = message.apply(body + 4 * grown.points().length).put((byte) GROWN);
        out.put((byte) (grown.done() ? 1 : 0)).putInt(grown.colour());
        Wire.put(out, grown.author());
        Wire.put(out, grown.id());
        for (float value : grown.points()) {
          out.putFloat(value);
        }
        yield out;
      }
    };
  }

  private static ByteBuffer texts(IntFunction<ByteBuffer> message, int kind, String... texts) {
    int body = 1;
    for (String text : texts) {
      body += Wire.bytesOf(text);
    }
    ByteBuffer out = message.apply(body).put((byte) kind);
    for (String text : texts) {
      Wire.put(out, text);
    }
    return out;
  }

  static InkChange decode(ByteBuffer in) throws BrokenWire {
    Wire.need(in, 1);
    int kind = in.get();
    return switch (kind) {
      case ON -> new InkChange.On(Wire.string(in));
      case TAKEN -> new InkChange.Taken(Wire.string(in), Wire.string(in));
      case CLEARED -> new InkChange.Cleared();
      case GROWN -> grown(in);
      default -> throw new BrokenWire("There is no change of ink of kind " + kind);
    };
  }

  private static InkChange grown(ByteBuffer in) throws BrokenWire {
    Wire.need(in, 5);
    boolean done = in.get() != 0;
    int colour = in.getInt();
    String author = Wire.string(in);
    String id = Wire.string(in);
    float[] points = new float[in.remaining() / 4];
    for (int i = 0; i < points.length; i++) {
      points[i] = in.getFloat();
    }
    return new InkChange.Grown(author, id, colour, points, done);
  }
}
