package dev.amphi.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.amphi.interactive.api.Right;
import dev.amphi.server.token.DevelopmentKey;
import dev.amphi.server.token.KeyRing;
import dev.amphi.server.token.RoomToken;
import dev.amphi.server.token.TokenVerifier;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class MainTest {
  private final Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  MainTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void tokenPrintsATokenAloneThatTheNodeOfThatFolderAccepts() throws Exception {
    int code =
        execute(
            "token",
            "--room",
            "demo",
            "--role",
            "student",
            "--name",
            "Bo Ek",
            "--ttl",
            "1h",
            "--data-dir",
            folder.toString());

    assertThat(code).isZero();
    String token = out.toString().strip();
    assertThat(out.toString().lines()).hasSize(1);
    RoomToken claims =
        new TokenVerifier(new KeyRing(List.of(DevelopmentKey.in(folder, new SecureRandom()))))
            .verify(token, Instant.now());
    assertThat(claims.subject()).isEqualTo("bo-ek");
    assertThat(claims.room()).isEqualTo("demo");
    assertThat(claims.role()).isEqualTo("student");
  }

  @Test
  void tokenGrantsNoMoreThanWhatIsNamed() throws Exception {
    int code =
        execute(
            "token",
            "--room",
            "demo",
            "--role",
            "student",
            "--name",
            "Bo",
            "--grants",
            "camera,chat",
            "--data-dir",
            folder.toString());

    assertThat(code).as(err.toString()).isZero();
    RoomToken claims =
        new TokenVerifier(new KeyRing(List.of(DevelopmentKey.in(folder, new SecureRandom()))))
            .verify(out.toString().strip(), Instant.now());
    assertThat(claims.grants()).containsExactlyInAnyOrder(Right.CAMERA, Right.CHAT);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "demo | teacher | Ada | 15m | --role is 'teacher', but it must be instructor, moderator",
        "a/b  | student | Ada | 15m | --room is 'a/b'",
        "demo | student | Ada | 99d | --ttl is '99d', but it must be a time up to 7d",
        "demo | student | Ada | 15  | --ttl is '15'",
        "demo | admin   | Ada | 15m | --room is 'demo', but it must be left out for an admin",
      })
  void aWrongValueIsOneSentenceAndExitCodeOne(
      String room, String role, String name, String ttl, String said) {
    int code =
        execute(
            "token",
            "--room",
            room,
            "--role",
            role,
            "--name",
            name,
            "--ttl",
            ttl,
            "--data-dir",
            folder.toString());

    assertThat(code).isEqualTo(1);
    assertThat(err.toString()).startsWith("amphi: " + said);
    assertThat(err.toString().lines()).hasSize(1);
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void anUnwritableDataFolderStopsTheNodeWithOneSentence() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "");

    int code = execute("run", "--http-port", "0", "--media-port", "0", "--data-dir", file + "/x");

    assertThat(code).isEqualTo(1);
    assertThat(err.toString()).startsWith("amphi: data_dir is '" + file + "/x'");
    assertThat(err.toString().lines()).hasSize(1);
  }

  @Test
  void anUnknownKeyStopsTheNodeWithWhatWasMeant() throws Exception {
    Path file = Files.writeString(folder.resolve("a.yaml"), "media:\n  prot: 1\n");

    int code = execute("run", "--config", file.toString());

    assertThat(code).isEqualTo(1);
    assertThat(err.toString()).contains("did you mean 'media.port'?");
  }

  @Test
  void configCheckSaysWhatWouldRun() {
    int code = execute("config", "check", "--http-port", "81", "--data-dir", folder.toString());

    assertThat(code).isZero();
    assertThat(out.toString()).contains("The configuration is good: HTTP 127.0.0.1:81");
  }

  @Test
  void configKeysListsEverySetting() {
    assertThat(execute("config", "keys")).isZero();
    assertThat(out.toString()).contains("http.port", "AMPHI_HTTP_PORT", "cluster.members");
  }

  @Test
  void anUnknownCommandIsAMisuse() {
    assertThat(execute("fly")).isEqualTo(2);
  }

  private int execute(String... arguments) {
    CommandLine line = Main.commandLine();
    line.setOut(new PrintWriter(out, true));
    line.setErr(new PrintWriter(err, true));
    return line.execute(arguments);
  }
}
