package dev.amphi.interactive.signal;

import dev.amphi.interactive.api.Refusal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Reads SDP within bounds, so that no text can cost much. What it does not know it keeps; what it
 * cannot read it refuses with a sentence that says what it found.
 */
public final class SdpParser {
  /** No description of a peer connection that we serve comes near. */
  public static final int MAX_LENGTH = 64 * 1024;

  static final int MAX_SECTIONS = 100;
  private static final int MAX_LINE = 4096;
  private static final int MAX_MID = 32;

  private final List<MediaDescription> sections = new ArrayList<>();
  private final Set<String> mids = new HashSet<>();
  private final SdpAttributes session;

  private SdpParser(SdpAttributes session) {
    this.session = session;
  }

  /** Parses a description; refuses with 400 {@code bad_sdp}. */
  public static SessionDescription parse(String text) throws Refusal {
    if (text.length() > MAX_LENGTH) {
      throw bad(
          "The SDP has " + text.length() + " characters; at most " + MAX_LENGTH + " are taken.");
    }
    List<String> lines = lines(text);
    if (lines.isEmpty() || !lines.getFirst().equals("v=0")) {
      throw bad("The text is not SDP: it must start with 'v=0'" + found(lines) + ".");
    }
    return parse(lines);
  }

  /** Parses part of a description (RFC 8840 §9.2), within the same bounds. */
  static SessionDescription parseFragment(String text) throws Refusal {
    if (text.length() > MAX_LENGTH) {
      throw bad(
          "The fragment has "
              + text.length()
              + " characters; at most "
              + MAX_LENGTH
              + " are taken.");
    }
    return parse(lines(text));
  }

  private static SessionDescription parse(List<String> lines) throws Refusal {
    List<Integer> starts = sectionStarts(lines);
    int sessionEnd = starts.isEmpty() ? lines.size() : starts.getFirst();
    SdpParser parser = new SdpParser(attributes(lines.subList(0, sessionEnd)));
    for (int i = 0; i < starts.size(); i++) {
      int end = i + 1 < starts.size() ? starts.get(i + 1) : lines.size();
      parser.section(i, lines.subList(starts.get(i), end));
    }
    return new SessionDescription(parser.session, parser.sections);
  }

  static Refusal bad(String detail) {
    return new Refusal(400, "bad_sdp", detail);
  }

  private static String found(List<String> lines) {
    return lines.isEmpty()
        ? ", but it is empty"
        : ", but its first line is " + quote(lines.getFirst());
  }

  /** Part of what the sender wrote, short and harmless enough to be shown to a person. */
  static String quote(String text) {
    String shown = text.length() <= 40 ? text : text.substring(0, 40) + "…";
    return "'" + shown.replaceAll("\\p{Cntrl}", "?") + "'";
  }

  private static List<String> lines(String text) throws Refusal {
    List<String> lines = new ArrayList<>();
    int start = 0;
    while (start < text.length()) {
      int feed = text.indexOf('\n', start);
      int end = feed < 0 ? text.length() : feed;
      String line =
          text.substring(start, end > start && text.charAt(end - 1) == '\r' ? end - 1 : end);
      start = end + 1;
      if (!line.isEmpty()) {
        lines.add(checked(line, lines.size() + 1));
      }
    }
    return lines;
  }

  private static String checked(String line, int number) throws Refusal {
    if (line.length() > MAX_LINE) {
      throw bad(
          "Line "
              + number
              + " of the SDP has "
              + line.length()
              + " characters; at most 4096 are taken.");
    }
    for (int i = 0; i < line.length(); i++) {
      if (line.charAt(i) < ' ' && line.charAt(i) != '\t') {
        throw bad(
            "Line "
                + number
                + " of the SDP holds the control character U+%04X."
                    .formatted((int) line.charAt(i)));
      }
    }
    if (line.length() < 2 || line.charAt(1) != '=') {
      throw bad("Line " + number + " of the SDP is not of the form 'x=…': " + quote(line) + ".");
    }
    return line;
  }

  private static List<Integer> sectionStarts(List<String> lines) throws Refusal {
    List<Integer> starts = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).startsWith("m=")) {
        starts.add(i);
      }
    }
    if (starts.size() > MAX_SECTIONS) {
      throw bad(
          "The SDP has "
              + starts.size()
              + " media sections; at most "
              + MAX_SECTIONS
              + " are taken.");
    }
    return starts;
  }

  private static SdpAttributes attributes(List<String> lines) {
    return new SdpAttributes(
        lines.stream()
            .filter(line -> line.startsWith("a="))
            .map(line -> SdpAttribute.parse(line.substring(2)))
            .toList());
  }

  private void section(int index, List<String> lines) throws Refusal {
    String head = lines.getFirst();
    String[] words = head.substring(2).strip().split(" +", -1);
    if (words.length < 4) {
      throw bad("The media line " + quote(head) + " lacks a port, a protocol or formats.");
    }
    SdpAttributes attributes = attributes(lines);
    String mid = attributes.first("mid").orElse(String.valueOf(index));
    if (mid.isEmpty() || mid.length() > MAX_MID || !mid.chars().allMatch(SdpParser::tokenChar)) {
      throw bad("The tag a=mid:" + quote(mid) + " is not a token of 1 to 32 characters.");
    }
    if (!mids.add(mid)) {
      throw bad("Two media sections have the same tag a=mid:" + mid + ".");
    }
    List<String> formats = Arrays.asList(words).subList(3, words.length);
    sections.add(
        new MediaDescription(words[0], port(words[1]), words[2], formats, mid, attributes));
  }

  private static boolean tokenChar(int c) {
    return c > ' ' && c < 127 && "\"(),/:;<=>?@[\\]".indexOf(c) < 0;
  }

  private static int port(String word) throws Refusal {
    int slash = word.indexOf('/');
    String digits = slash < 0 ? word : word.substring(0, slash);
    if (digits.isEmpty()
        || digits.length() > 5
        || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
      throw bad(
          "A media line has the port " + quote(word) + ", which is not a number from 0 to 65535.");
    }
    int port = Integer.parseInt(digits);
    if (port > 65_535) {
      throw bad("A media line has the port " + port + ", which is above 65535.");
    }
    return port;
  }
}
