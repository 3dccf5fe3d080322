package dev.amphi.server.web;

import dev.amphi.interactive.api.Refusal;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A request's JSON object, read strictly: wrong types and unknown fields are refused by name. */
final class RequestJson {
  private final JsonObject json;

  private RequestJson(JsonObject json) {
    this.json = json;
  }

  /** Reads the body; {@code fields} are the only ones that it may have. */
  static RequestJson of(RoutingContext context, Set<String> fields) throws Refusal {
    Buffer body = context.body().buffer();
    if (body == null || body.length() == 0) {
      return new RequestJson(new JsonObject());
    }
    String type = context.request().getHeader(HttpHeaders.CONTENT_TYPE);
    if (type == null || !type.split(";", -1)[0].strip().equalsIgnoreCase("application/json")) {
      throw new Refusal(
          415, "not_supported", "The body is '" + type + "', but it must be application/json.");
    }
    JsonObject json;
    try {
      json = body.toJsonObject();
    } catch (DecodeException | ClassCastException e) {
      throw new Refusal(400, "malformed", "The body is not a JSON object: correct it.");
    }
    for (String field : json.fieldNames()) {
      if (!fields.contains(field)) {
        throw new Refusal(
            422, "malformed", "There is no field '" + field + "': the fields are " + fields + ".");
      }
    }
    return new RequestJson(json);
  }

  Optional<String> text(String field) throws Refusal {
    Object value = json.getValue(field);
    if (value == null) {
      return Optional.empty();
    }
    if (value instanceof String text) {
      return Optional.of(text);
    }
    throw wrong(field, value, "a string");
  }

  /** A list of texts; refused when it has anything else. */
  Optional<List<String>> texts(String field) throws Refusal {
    Object value = json.getValue(field);
    if (value == null) {
      return Optional.empty();
    }
    if (value instanceof JsonArray array
        && array.stream().allMatch(entry -> entry instanceof String)) {
      return Optional.of(array.stream().map(String.class::cast).toList());
    }
    throw wrong(field, value, "a list of strings");
  }

  boolean has(String field) {
    return json.getValue(field) != null;
  }

  /** Whether a field is there, perhaps with null. */
  boolean names(String field) {
    return json.containsKey(field);
  }

  /** A date and time with its zone (RFC 3339). */
  Optional<Instant> time(String field) throws Refusal {
    Optional<String> text = text(field);
    try {
      return text.map(OffsetDateTime::parse).map(OffsetDateTime::toInstant);
    } catch (DateTimeException e) {
      throw wrong(field, text.orElse(""), "a time with its zone, as 2026-11-01T10:45:00Z");
    }
  }

  boolean flag(String field) throws Refusal {
    if (json.getValue(field) instanceof Boolean flag) {
      return flag;
    }
    throw wrong(field, json.getValue(field), "true or false");
  }

  double decimal(String field) throws Refusal {
    if (json.getValue(field) instanceof Number number && Double.isFinite(number.doubleValue())) {
      return number.doubleValue();
    }
    throw wrong(field, json.getValue(field), "a number");
  }

  int number(String field) throws Refusal {
    if (json.getValue(field) instanceof Integer number) {
      return number;
    }
    throw wrong(field, json.getValue(field), "a whole number");
  }

  static Refusal wrong(String field, @org.jspecify.annotations.Nullable Object found, String rule) {
    String shown = String.valueOf(found);
    return new Refusal(
        422,
        "malformed",
        "'"
            + field
            + "' is "
            + (found == null
                ? "missing"
                : "'" + shown.substring(0, Math.min(80, shown.length())) + "'")
            + ", but it must be "
            + rule
            + ".");
  }
}
