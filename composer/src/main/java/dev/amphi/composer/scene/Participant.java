package dev.amphi.composer.scene;

import dev.amphi.composer.api.SourceSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One person on the program, with the sources that are hers. */
final class Participant {
  private static final int[] COLOURS = {
    0x1F6FB2, 0x2E7D4F, 0x8A4FBF, 0xB25A1F, 0x0F7C80, 0xA83A5B, 0x5C6BC0, 0x6D7A1F
  };

  private final String id;
  private final List<SourceSpec> sources = new ArrayList<>();
  private String name = "";
  private String role = "";

  Participant(String id) {
    this.id = id;
  }

  void put(SourceSpec source) {
    sources.removeIf(known -> known.id().equals(source.id()));
    sources.add(source);
    name = source.name();
    role = source.role();
  }

  /** Returns whether sources are left. */
  boolean remove(String sourceId) {
    sources.removeIf(source -> source.id().equals(sourceId));
    return !sources.isEmpty();
  }

  String id() {
    return id;
  }

  String name() {
    return name;
  }

  boolean instructor() {
    return role.equals("instructor");
  }

  String role() {
    return role;
  }

  /** Whether there is more of her than a shared screen. */
  boolean inPerson() {
    return sources.stream()
        .anyMatch(
            source ->
                source.kind() == SourceSpec.Kind.CAMERA
                    || source.kind() == SourceSpec.Kind.MICROPHONE);
  }

  /** The newest source of a kind. */
  Optional<SourceSpec> newest(SourceSpec.Kind kind) {
    return sources.stream().filter(source -> source.kind() == kind).reduce((a, b) -> b);
  }

  int colour() {
    return COLOURS[Math.floorMod(id.hashCode(), COLOURS.length)];
  }

  String initials() {
    return Monogram.of(name);
  }
}
