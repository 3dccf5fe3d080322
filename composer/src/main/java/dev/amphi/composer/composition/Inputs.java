package dev.amphi.composer.composition;

import dev.amphi.composer.api.SourceSpec;
import dev.amphi.composer.audio.ChannelStrip;
import dev.amphi.composer.audio.Foreground;
import dev.amphi.composer.codec.Picture;
import dev.amphi.composer.timing.AvSync;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The coded sources of a stage: their decoders, and the pictures and packets that wait. One thread
 * brings, opens and closes; others look and listen. The lock {@code media} is never held for long,
 * and not while a picture is being decoded, so that neither frames nor the sound wait for a
 * drawing.
 */
final class Inputs {
  private static final long MOST_LIP_WAIT_NANOS = 250_000_000L;

  private final ProgramCodecs codecs;
  private final Consumer<String> keyFrameWanted;
  private final Handling handling;
  private final Object media = new Object();
  private final Map<String, VideoInput> videos = new LinkedHashMap<>();
  private final Map<String, AudioInput> audios = new LinkedHashMap<>();
  private final Map<String, AvSync> syncs = new HashMap<>();
  private final List<AudioInput> leaving = new ArrayList<>();
  private final List<ChannelStrip> strips = new ArrayList<>();
  private final Foreground foreground = new Foreground();

  Inputs(ProgramCodecs codecs, Consumer<String> keyFrameWanted, Handling handling) {
    this.codecs = codecs;
    this.keyFrameWanted = keyFrameWanted;
    this.handling = handling;
  }

  void open(SourceSpec spec) {
    synchronized (media) {
      AvSync sync =
          syncs.computeIfAbsent(spec.participantId(), id -> new AvSync(MOST_LIP_WAIT_NANOS));
      if (spec.codec() == SourceSpec.Codec.OPUS) {
        audios.put(spec.id(), new AudioInput(spec, codecs.opusDecoder(), sync));
      } else if (spec.codec() != SourceSpec.Codec.STILL) {
        videos.put(spec.id(), new VideoInput(spec.kind(), codecs.videoDecoder(spec.codec()), sync));
      }
    }
  }

  /** Name or role of whose source it is may have changed. */
  void put(SourceSpec spec) {
    synchronized (media) {
      AudioInput audio = audios.get(spec.id());
      if (audio != null) {
        audio.put(spec);
      }
    }
  }

  /**
   * Lets go of a source; its sound fades.
   *
   * @param last whether its participant has no other
   * @return frees the decoder, for whoever holds no lock any more
   */
  Runnable close(SourceSpec spec, boolean last) {
    synchronized (media) {
      AudioInput audio = audios.remove(spec.id());
      if (audio != null) {
        audio.leave();
        leaving.add(audio);
      }
      if (last) {
        syncs.remove(spec.participantId());
      }
      VideoInput video = videos.remove(spec.id());
      if (video == null) {
        return () -> {};
      }
      video.leave();
      return video::closeDecoder;
    }
  }

  void mute(String sourceId, boolean muted) {
    synchronized (media) {
      AudioInput audio = audios.get(sourceId);
      if (audio != null) {
        audio.strip().fader().open(!muted);
      }
      VideoInput video = videos.get(sourceId);
      if (video != null) {
        video.mute(muted);
      }
    }
  }

  /**
   * Takes a coded frame.
   *
   * @param gap whether frames of this source were lost just before
   * @param rests whether it is a picture that the machine has no time for
   */
  void frame(
      String sourceId,
      ByteBuffer payload,
      long ticks,
      long arrivalNanos,
      long captureNtpNanos,
      boolean keyFrame,
      boolean gap,
      boolean rests) {
    VideoInput video = videos.get(sourceId);
    if (video == null) {
      sound(sourceId, payload, ticks, arrivalNanos, captureNtpNanos);
      return;
    }
    if (gap || rests) {
      video.gap();
    }
    if (rests) {
      return;
    }
    handling.begins(Handling.Work.PICTURE, sourceId);
    boolean lost = video.frame(payload, ticks, arrivalNanos, captureNtpNanos, keyFrame, media);
    handling.ends(Handling.Work.PICTURE);
    if (lost) {
      keyFrameWanted.accept(sourceId);
    }
  }

  /**
   * How long after its arrival a frame is played, where all come as regularly as they were sent.
   */
  long delayNanos(String sourceId) {
    return videos.containsKey(sourceId) ? VideoInput.BASE_DELAY_NANOS : AudioInput.BASE_DELAY_NANOS;
  }

  /** A source's frame is left out, with all up to its next key frame. */
  void skip(String sourceId) {
    VideoInput video = videos.get(sourceId);
    if (video != null) {
      video.gap();
    }
  }

  private void sound(
      String sourceId, ByteBuffer payload, long ticks, long arrivalNanos, long captureNtpNanos) {
    synchronized (media) {
      AudioInput audio = audios.get(sourceId);
      if (audio != null) {
        audio.frame(payload, ticks, arrivalNanos, captureNtpNanos);
      }
    }
  }

  /** Whether a source has a picture that is worth showing. */
  boolean live(String sourceId, long timeNanos) {
    synchronized (media) {
      VideoInput video = videos.get(sourceId);
      return video != null && video.live(timeNanos);
    }
  }

  /** The picture of that instant; stays the source's, until it is closed or muted. */
  @Nullable Picture at(String sourceId, long timeNanos) {
    synchronized (media) {
      VideoInput video = videos.get(sourceId);
      return video == null ? null : video.at(timeNanos);
    }
  }

  /** Reads the block of each voice that is to be heard from that instant on, once. */
  void voices(long timeNanos, float[] scratch, Stage.VoiceSink sink) {
    int samples = scratch.length / 2;
    synchronized (media) {
      strips.clear();
      for (AudioInput audio : audios.values()) {
        strips.add(audio.strip());
      }
      foreground.arrange(strips);
      audios.forEach(
          (id, audio) -> {
            handling.begins(Handling.Work.SOUND, id);
            read(audio, timeNanos, scratch, samples, sink);
          });
      handling.ends(Handling.Work.SOUND);
      Iterator<AudioInput> gone = leaving.iterator();
      while (gone.hasNext()) {
        AudioInput audio = gone.next();
        read(audio, timeNanos, scratch, samples, sink);
        if (audio.strip().fader().silent()) {
          audio.close();
          gone.remove();
        }
      }
    }
  }

  private static void read(
      AudioInput audio, long timeNanos, float[] scratch, int samples, Stage.VoiceSink sink) {
    audio.read(timeNanos, scratch, samples);
    audio.strip().apply(scratch, samples);
    sink.voice(audio.participantId(), scratch);
  }
}
