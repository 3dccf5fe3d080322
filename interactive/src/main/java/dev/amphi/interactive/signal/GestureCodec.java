package dev.amphi.interactive.signal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.amphi.interactive.api.Refusal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads and spells {@link Gesture}s; stateless. */
public final class GestureCodec {
  /** Of one message. */
  public static final int MAX_BYTES = 8_192;

  private static final int MAX_DEPTH = 3;
  private static final int MAX_POINTS = 256;

  /** Of a stroke's id. */
  static final int MAX_ID = 64;

  private static final int MAX_EMOJI_BYTES = 16;

  /** Positions are told in ten-thousandths: finer than any screen shows. */
  private static final double STEPS = 10_000;

  private final ObjectMapper mapper = BoundedJson.reader(MAX_DEPTH, MAX_BYTES, 32);

  /** Reads one message; refuses with 400 {@code malformed}, or 413 {@code too_large}. */
  public Gesture decode(byte[] message) throws Refusal {
    if (message.length > MAX_BYTES) {
      throw new Refusal(
          413,
          "too_large",
          "The message has " + message.length + " bytes; at most " + MAX_BYTES + " are taken.");
    }
    JsonNode node;
    try {
      node = mapper.readTree(message);
    } catch (IOException e) {
      throw JsonFields.malformed("The message is not JSON of at most " + MAX_DEPTH + " levels.");
    }
    if (node == null || !node.isObject()) {
      throw JsonFields.malformed("A message must be one JSON object.");
    }
    return gesture(new JsonFields(node));
  }

  /** Reads a gesture, whichever way it came. */
  static Gesture gesture(JsonFields fields) throws Refusal {
    JsonNode node = fields.node();
    String type = fields.text("type", 32);
    return switch (type) {
      case "cursor" ->
          new Gesture.Cursor(
              fraction("x", node.get("x")),
              fraction("y", node.get("y")),
              !fields.has("shown") || fields.flag("shown"));
      case "stroke" ->
          new Gesture.Stroke(
              fields.text("id", MAX_ID), points(node), fields.has("done") && fields.flag("done"));
      case "reaction" -> new Gesture.Reaction(emoji(fields));
      default ->
          throw JsonFields.malformed(
              "Only cursor, stroke and reaction are taken here, not "
                  + SdpParser.quote(type)
                  + ".");
    };
  }

  /** What a reaction shows: everybody gets it, so it is one character and no text. */
  static String emoji(JsonFields fields) throws Refusal {
    String emoji = fields.text("emoji", MAX_EMOJI_BYTES);
    BreakIterator graphemes = BreakIterator.getCharacterInstance(Locale.ROOT);
    graphemes.setText(emoji);
    graphemes.first();
    if (emoji.getBytes(StandardCharsets.UTF_8).length > MAX_EMOJI_BYTES
        || graphemes.next() != emoji.length()) {
      throw JsonFields.malformed("'emoji' must be one character as people count them.");
    }
    return emoji;
  }

  private static List<Double> points(JsonNode node) throws Refusal {
    JsonNode array = node.get("points");
    if (array == null || !array.isArray() || array.size() % 2 != 0) {
      throw JsonFields.malformed("'points' must be x and y in turn.");
    }
    if (array.size() > 2 * MAX_POINTS) {
      throw JsonFields.malformed(
          "'points' has " + array.size() / 2 + " points; at most " + MAX_POINTS + " are taken.");
    }
    List<Double> points = new ArrayList<>(array.size());
    for (JsonNode value : array) {
      points.add(fraction("points", value));
    }
    return points;
  }

  private static double fraction(String name, @Nullable JsonNode value) throws Refusal {
    if (value == null || !value.isNumber()) {
      throw JsonFields.malformed("'" + name + "' is missing or not a number.");
    }
    double number = value.doubleValue();
    if (!(number >= 0 && number <= 1)) {
      throw JsonFields.malformed("'" + name + "' must be from 0 to 1, but is " + number + ".");
    }
    return Math.rint(number * STEPS) / STEPS;
  }

  /** The event that tells others of a gesture, without numbers. */
  public String encode(String from, Gesture gesture) {
    ObjectNode body =
        JsonNodeFactory.instance.objectNode().put("type", gesture.type()).put("from", from);
    switch (gesture) {
      case Gesture.Cursor cursor ->
          body.put("x", cursor.x()).put("y", cursor.y()).put("shown", cursor.shown());
      case Gesture.Stroke stroke -> put(body, stroke);
      case Gesture.Reaction reaction -> body.put("emoji", reaction.emoji());
    }
    return body.toString();
  }

  static void put(ObjectNode body, Gesture.Stroke stroke) {
    body.put("id", stroke.id());
    stroke.points().forEach(body.putArray("points")::add);
    body.put("done", stroke.done());
  }
}
