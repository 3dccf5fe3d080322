package dev.amphi.interactive.signal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.amphi.interactive.api.Refusal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The fields of one JSON object, each checked as it is taken. */
final class JsonFields {
  private static final int MAX_ENTRIES = SdpParser.MAX_SECTIONS;

  /** An object without fields. */
  static final JsonFields NONE = new JsonFields(JsonNodeFactory.instance.objectNode());

  private final JsonNode node;

  JsonFields(JsonNode node) {
    this.node = node;
  }

  JsonNode node() {
    return node;
  }

  static Refusal malformed(String detail) {
    return new Refusal(400, "malformed", detail);
  }

  boolean has(String name) {
    return node.hasNonNull(name);
  }

  String text(String name, int longest) throws Refusal {
    JsonNode value = node.get(name);
    if (value == null || !value.isTextual() || value.textValue().isBlank()) {
      throw malformed("'" + name + "' is missing or not a text.");
    }
    return checked(name, value.textValue(), longest);
  }

  private static String checked(String name, String text, int longest) throws Refusal {
    if (text.length() > longest) {
      throw malformed(
          "'"
              + name
              + "' has "
              + text.length()
              + " characters; at most "
              + longest
              + " are taken.");
    }
    return text;
  }

  Optional<String> optionalText(String name, int longest) throws Refusal {
    return has(name) ? Optional.of(text(name, longest)) : Optional.empty();
  }

  /** The same, where the empty text says something too. */
  Optional<String> optionalTextOrNone(String name, int longest) throws Refusal {
    JsonNode value = node.get(name);
    return value != null && value.isTextual() && value.textValue().isEmpty()
        ? Optional.of("")
        : optionalText(name, longest);
  }

  /** A date and time with its zone (RFC 3339); empty where it is missing or null. */
  Optional<Instant> optionalInstant(String name) throws Refusal {
    if (!has(name)) {
      return Optional.empty();
    }
    String text = text(name, 64);
    try {
      return Optional.of(OffsetDateTime.parse(text).toInstant());
    } catch (DateTimeException e) {
      throw malformed("'" + name + "' must be a time with its zone, as 2026-11-01T10:45:00Z.");
    }
  }

  long number(String name, long least) throws Refusal {
    JsonNode value = node.get(name);
    if (value == null
        || !value.canConvertToLong()
        || !value.isIntegralNumber()
        || value.longValue() < least) {
      throw malformed("'" + name + "' must be a whole number from " + least + " on.");
    }
    return value.longValue();
  }

  /** A number from 0 to {@code most}; negative where it is missing. */
  double amount(String name, double most) throws Refusal {
    if (!has(name)) {
      return -1;
    }
    JsonNode value = node.get(name);
    double amount = value.isNumber() ? value.doubleValue() : Double.NaN;
    if (!(amount >= 0 && amount <= most)) {
      throw malformed("'" + name + "' must be a number from 0 to " + (long) most + ".");
    }
    return amount;
  }

  /** A list of objects; empty where it is missing. */
  List<JsonFields> list(String name, int most) throws Refusal {
    List<JsonFields> all = new ArrayList<>();
    if (has(name)) {
      JsonNode list = node.get(name);
      if (!list.isArray() || list.size() > most) {
        throw malformed("'" + name + "' must be a list of at most " + most + " objects.");
      }
      for (JsonNode one : list) {
        if (!one.isObject()) {
          throw malformed("'" + name + "' must hold objects.");
        }
        all.add(new JsonFields(one));
      }
    }
    return all;
  }

  /** A list of different texts. */
  Optional<Set<String>> optionalTexts(String name, int most, int longest) throws Refusal {
    if (!has(name)) {
      return Optional.empty();
    }
    JsonNode list = node.get(name);
    if (!list.isArray() || list.size() > most) {
      throw malformed("'" + name + "' must be a list of at most " + most + " texts.");
    }
    Set<String> texts = new LinkedHashSet<>();
    for (JsonNode one : list) {
      if (!one.isTextual()) {
        throw malformed("'" + name + "' must hold texts.");
      }
      texts.add(checked(name, one.textValue(), longest));
    }
    return Optional.of(texts);
  }

  boolean flag(String name) throws Refusal {
    JsonNode value = node.get(name);
    if (value == null || !value.isBoolean()) {
      throw malformed("'" + name + "' must be true or false.");
    }
    return value.booleanValue();
  }

  Optional<JsonFields> object(String name) throws Refusal {
    if (!has(name)) {
      return Optional.empty();
    }
    if (!node.get(name).isObject()) {
      throw malformed("'" + name + "' must be an object.");
    }
    return Optional.of(new JsonFields(node.get(name)));
  }

  /** An object of objects. */
  Map<String, JsonFields> objects(String name) throws Refusal {
    Map<String, JsonFields> objects = new HashMap<>();
    for (Map.Entry<String, JsonNode> entry : entries(name)) {
      if (!entry.getValue().isObject()) {
        throw malformed("'" + name + "." + SdpParser.quote(entry.getKey()) + "' is not an object.");
      }
      objects.put(entry.getKey(), new JsonFields(entry.getValue()));
    }
    return objects;
  }

  /** An object of texts; entries that are null are left out. */
  Map<String, String> texts(String name, int longest) throws Refusal {
    Map<String, String> texts = new HashMap<>();
    for (Map.Entry<String, JsonNode> entry : entries(name)) {
      if (entry.getValue().isTextual()) {
        texts.put(entry.getKey(), checked(name, entry.getValue().textValue(), longest));
      } else if (!entry.getValue().isNull()) {
        throw malformed("'" + name + "." + SdpParser.quote(entry.getKey()) + "' is not a text.");
      }
    }
    return texts;
  }

  private Set<Map.Entry<String, JsonNode>> entries(String name) throws Refusal {
    Optional<JsonFields> object = object(name);
    if (object.isEmpty()) {
      return Set.of();
    }
    if (object.get().node.size() > MAX_ENTRIES) {
      throw malformed("'" + name + "' has more than " + MAX_ENTRIES + " entries.");
    }
    return object.get().node.properties();
  }
}
