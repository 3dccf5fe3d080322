package dev.amphi.composer.audio;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * Who stands in front in the sound: while the teacher speaks everybody else a little behind, so
 * that both are understood; and of many who speak at once only the loudest few. Whoever was in
 * front stays there for a moment.
 */
public final class Foreground {
  /** Voices in front. */
  static final int FEW = 3;

  /** In dB, for whoever is not in front. */
  static final double BEHIND = -6;

  /** In dB: how much louder somebody must be to take another's place. */
  private static final double STAYS = 3;

  private final List<ChannelStrip> front = new ArrayList<>();
  private final List<ChannelStrip> speaking = new ArrayList<>();

  /** Places each strip by how it was heard last; call once a block. */
  public void arrange(Collection<ChannelStrip> strips) {
    speaking.clear();
    boolean led = false;
    for (ChannelStrip strip : strips) {
      if (strip.speaking()) {
        speaking.add(strip);
        led |= strip.kind() == ChannelStrip.Kind.TEACHER;
      }
    }
    speaking.sort(Comparator.comparingDouble(this::rank).reversed());
    front.clear();
    front.addAll(speaking.subList(0, Math.min(FEW, speaking.size())));
    for (ChannelStrip strip : strips) {
      boolean ducked = led && strip.kind() != ChannelStrip.Kind.TEACHER;
      boolean crowded = speaking.size() > FEW && !front.contains(strip);
      strip.place(ducked || crowded ? BEHIND : 0);
    }
  }

  private double rank(ChannelStrip strip) {
    return strip.loudness() + (front.contains(strip) ? STAYS : 0);
  }
}
