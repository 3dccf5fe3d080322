package dev.amphi.server.config;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Reads YAML into flat settings that remember where they stood. */
final class YamlSettings {
  private static final int MAX_DEPTH = 8;

  private final String fileName;
  private final List<Setting> found = new ArrayList<>();

  private YamlSettings(String fileName) {
    this.fileName = fileName;
  }

  /** The settings of one file's text; {@code fileName} is only named in sentences. */
  static List<Setting> parse(String text, String fileName) throws ConfigException {
    YamlSettings reader = new YamlSettings(fileName);
    try (JsonParser parser = YAMLFactory.builder().build().createParser(text)) {
      JsonToken first = parser.nextToken();
      if (first == JsonToken.START_OBJECT) {
        reader.object(parser, "", 0);
      } else if (first != null && first != JsonToken.VALUE_NULL) {
        throw reader.broken(parser.currentTokenLocation(), "the file must be a map of keys");
      }
    } catch (JsonProcessingException e) {
      throw reader.broken(e.getLocation(), e.getOriginalMessage().lines().findFirst().orElse(""));
    } catch (IOException e) {
      throw new ConfigException(List.of(fileName + " cannot be read: " + e.getMessage() + "."));
    }
    return reader.found;
  }

  private void object(JsonParser parser, String prefix, int depth)
      throws IOException, ConfigException {
    if (depth > MAX_DEPTH) {
      throw broken(parser.currentTokenLocation(), "keys are nested too deeply");
    }
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String path = prefix + parser.currentName();
      JsonLocation where = parser.currentTokenLocation();
      switch (parser.nextToken()) {
        case START_OBJECT -> object(parser, path + ".", depth + 1);
        case START_ARRAY -> found.add(new Setting(path, array(parser, path), origin(where)));
        case VALUE_NULL -> found.add(new Setting(path, List.of(), origin(where)));
        default -> found.add(new Setting(path, List.of(parser.getText()), origin(where)));
      }
    }
  }

  private List<String> array(JsonParser parser, String path) throws IOException, ConfigException {
    List<String> values = new ArrayList<>();
    for (JsonToken token = parser.nextToken();
        token != JsonToken.END_ARRAY;
        token = parser.nextToken()) {
      if (token == null || !token.isScalarValue()) {
        throw broken(parser.currentTokenLocation(), path + " must be a plain list");
      }
      values.add(parser.getText());
    }
    return values;
  }

  private String origin(JsonLocation where) {
    return fileName + " line " + where.getLineNr() + ", column " + where.getColumnNr();
  }

  private ConfigException broken(JsonLocation where, String what) {
    String place = where == null ? fileName : origin(where);
    return new ConfigException(
        List.of(place + ": this is not YAML that Amphi can read (" + what + "): correct it."));
  }
}
