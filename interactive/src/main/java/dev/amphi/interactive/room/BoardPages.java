package dev.amphi.interactive.room;

import dev.amphi.interactive.signal.Gesture;
import dev.amphi.interactive.signal.ServerMessage;
import java.util.ArrayList;
import java.util.List;

/** Cuts a board into messages that no socket on the way finds too large. */
final class BoardPages {
  /** With the envelope safely below the 64 KiB of a message. */
  private static final int MOST_BYTES = 48_000;

  /** {@code "0.1234,0.5678,"}. */
  private static final int POINT_BYTES = 14;

  /** The names of the fields; what a character of an id may take when it is escaped. */
  private static final int STROKE_BYTES = 64;

  private static final int CHARACTER_BYTES = 6;

  private final List<ServerMessage.Board> pages = new ArrayList<>();
  private List<ServerMessage.Drawn> page = new ArrayList<>();
  private int bytes;

  /** Adds a stroke; x and y in turn. */
  void add(String author, String id, List<Double> points, boolean done) {
    int head = STROKE_BYTES + CHARACTER_BYTES * (author.length() + id.length());
    int at = 0;
    do {
      if (bytes + head + POINT_BYTES > MOST_BYTES) {
        turn();
      }
      int room = (MOST_BYTES - bytes - head) / POINT_BYTES;
      int end = Math.min(points.size(), at + 2 * room);
      boolean whole = end == points.size();
      List<Double> part = List.copyOf(points.subList(at, end));
      page.add(new ServerMessage.Drawn(author, new Gesture.Stroke(id, part, whole && done)));
      bytes += head + part.size() / 2 * POINT_BYTES;
      at = end;
    } while (at < points.size());
  }

  private void turn() {
    pages.add(new ServerMessage.Board(page, !pages.isEmpty()));
    page = new ArrayList<>();
    bytes = 0;
  }

  /** At least one, because an empty board has to be told too. */
  List<ServerMessage.Board> all() {
    turn();
    return List.copyOf(pages);
  }
}
