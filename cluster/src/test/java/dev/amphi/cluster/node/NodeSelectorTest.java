package dev.amphi.cluster.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NodeSelectorTest {
  private static NodeRecord node(String id, double cpu, int rooms, boolean draining) {
    return new NodeRecord(id, "http://" + id, new NodeLoad(cpu, rooms, 0, 0, draining));
  }

  @Test
  void takesTheNodeWithTheMostCpuLeft() {
    assertThat(NodeSelector.leastBusy(List.of(node("a", 0.8, 0, false), node("b", 0.2, 9, false))))
        .map(NodeRecord::id)
        .contains("b");
  }

  @Test
  void amongEquallyBusyOnesTakesTheOneWithFewerRooms() {
    assertThat(
            NodeSelector.leastBusy(List.of(node("a", 0.21, 3, false), node("b", 0.24, 2, false))))
        .map(NodeRecord::id)
        .contains("b");
  }

  @Test
  void neverTakesADrainingNode() {
    assertThat(NodeSelector.leastBusy(List.of(node("a", 0, 0, true)))).isEmpty();
  }

  @Test
  void choosesTheSameWhateverTheOrder() {
    NodeRecord a = node("a", 0, 0, false);
    NodeRecord b = node("b", 0, 0, false);
    assertThat(NodeSelector.leastBusy(List.of(a, b)))
        .isEqualTo(NodeSelector.leastBusy(List.of(b, a)));
  }
}
