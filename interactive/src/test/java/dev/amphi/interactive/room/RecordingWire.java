package dev.amphi.interactive.room;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** A socket that keeps what it is told. */
final class RecordingWire implements SignalWire {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  final List<JsonNode> messages = new ArrayList<>();
  int closeCode;

  @Override
  public void send(String text) {
    try {
      messages.add(MAPPER.readTree(text));
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close(int code, String reason) {
    closeCode = code;
  }

  List<JsonNode> of(String type) {
    return messages.stream().filter(m -> m.get("type").asText().equals(type)).toList();
  }

  JsonNode last(String type) {
    return of(type).getLast();
  }

  /** The answer to a command. */
  JsonNode answerTo(long n) {
    return messages.stream()
        .filter(m -> m.path("re").asLong() == n)
        .findFirst()
        .orElseThrow(() -> new AssertionError("no answer to " + n + " in " + messages));
  }
}
