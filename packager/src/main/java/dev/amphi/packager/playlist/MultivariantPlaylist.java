package dev.amphi.packager.playlist;

import java.util.List;

/** A multivariant playlist (RFC 8216bis §4.1): the renditions to choose from, the best first. */
public record MultivariantPlaylist(
    List<AudioMedia> sounds,
    List<SubtitleMedia> subtitles,
    List<StreamInf> variants,
    List<IFrameStreamInf> pictures) {}
