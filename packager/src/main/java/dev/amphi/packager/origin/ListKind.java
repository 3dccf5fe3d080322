package dev.amphi.packager.origin;

/** What kind of list of a rendition is asked for. */
public enum ListKind {
  /** All of it, with its parts. */
  MEDIA,
  /** The first picture of each segment, for seeking by sight (RFC 8216bis §4.4.3.6). */
  I_FRAMES,
  /** The captions of the class (§3.1.4). */
  CAPTIONS
}
