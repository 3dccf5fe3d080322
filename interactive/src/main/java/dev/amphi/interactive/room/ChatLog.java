package dev.amphi.interactive.room;

import dev.amphi.interactive.signal.ServerEncoder;
import dev.amphi.interactive.signal.ServerMessage;
import java.util.ArrayDeque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What was said last, for those who come later. */
final class ChatLog {
  static final int KEPT = 50;

  private final ArrayDeque<ServerMessage.Chat> last = new ArrayDeque<>(KEPT);
  private @Nullable String spelled;

  void add(ServerMessage.Chat chat) {
    if (last.size() == KEPT) {
      last.removeFirst();
    }
    last.addLast(chat);
    spelled = null;
  }

  /** The field {@code chat}, spelled once for all who come before the next message. */
  String recent(ServerEncoder encoder) {
    if (spelled == null) {
      spelled = encoder.chats(List.copyOf(last));
    }
    return spelled;
  }
}
