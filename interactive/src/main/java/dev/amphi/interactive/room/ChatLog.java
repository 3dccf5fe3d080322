package dev.amphi.interactive.room;

import dev.amphi.interactive.signal.ServerMessage;
import java.util.ArrayDeque;
import java.util.List;

/** What was said last, for those who come later. */
final class ChatLog {
  static final int KEPT = 50;

  private final ArrayDeque<ServerMessage.Chat> last = new ArrayDeque<>(KEPT);

  void add(ServerMessage.Chat chat) {
    if (last.size() == KEPT) {
      last.removeFirst();
    }
    last.addLast(chat);
  }

  List<ServerMessage.Chat> recent() {
    return List.copyOf(last);
  }
}
