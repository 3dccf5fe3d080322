package dev.amphi.interactive.api;

/**
 * What is the matter with a class's recording; told to those who run the class while something can
 * still be done.
 *
 * @param failed whether it stopped, or no video could be made of it
 * @param detail what happened, or will, and what to do, in sentences; "" when all goes well
 * @param storedDetail why the object store does not have it yet; "" when nothing keeps it
 */
public record RecordingNotice(boolean failed, String detail, String storedDetail) {
  /** All goes well, or nothing was recorded. */
  public static final RecordingNotice NONE = new RecordingNotice(false, "", "");
}
