package dev.amphi.cluster.hazelcast;

import dev.amphi.cluster.room.RemovalList;
import dev.amphi.cluster.room.RemovalListContract;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Two real members on loopback. */
class HazelcastRemovalListIT extends RemovalListContract {
  private static TwoMembers members;

  @BeforeAll
  static void join() throws IOException {
    members = TwoMembers.join();
  }

  @AfterAll
  static void leave() {
    members.close();
  }

  @Override
  protected RemovalList first() {
    return members.a().removals();
  }

  @Override
  protected RemovalList second() {
    return members.b().removals();
  }
}
