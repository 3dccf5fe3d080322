package dev.amphi.server.cli;

import dev.amphi.interactive.api.Right;
import dev.amphi.interactive.api.Role;
import dev.amphi.server.config.Units;
import dev.amphi.server.token.ApiKey;
import dev.amphi.server.token.DisplayName;
import dev.amphi.server.token.Grants;
import dev.amphi.server.token.RoomToken;
import dev.amphi.server.token.TokenSigner;
import dev.amphi.server.token.TokenVerifier;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code amphi token}: a room token, alone on standard output. */
@Command(
    name = "token",
    description = "Print a room token.",
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
final class TokenCommand implements Callable<Integer> {
  @Option(names = "--room", paramLabel = "R", description = "the room; not for role admin")
  private String room = "";

  @Option(
      names = "--role",
      required = true,
      paramLabel = "ROLE",
      description = "instructor, moderator, student, viewer or admin")
  private String role = "";

  @Option(names = "--name", required = true, paramLabel = "NAME", description = "shown to others")
  private String name = "";

  @Option(names = "--id", paramLabel = "ID", description = "participant's id, made from the name")
  private @Nullable String id;

  @Option(names = "--ttl", paramLabel = "TIME", description = "how long it is good for")
  private String ttl = "15m";

  @Option(
      names = "--grants",
      split = ",",
      paramLabel = "GRANT",
      description =
          "only these of what the role allows: microphone, camera, screen, chat, draw, moderate,"
              + " record")
  private @Nullable List<String> grants;

  @Option(
      names = "--no-consent",
      description = "whoever bears it is on stage, but never in the program or a recording")
  private boolean noConsent;

  @Mixin private KeyOptions keys = new KeyOptions();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws Exception {
    Instant now = Instant.now();
    ApiKey signer = keys.read(System.getenv());
    RoomToken claims = claims(signer, now);
    spec.commandLine().getOut().println(TokenSigner.sign(signer, claims, now));
    spec.commandLine().getOut().flush();
    return 0;
  }

  private RoomToken claims(ApiKey signer, Instant now) throws CommandFailed {
    boolean admin = role.equals(RoomToken.ADMIN);
    if (!admin && Role.fromWireName(role).isEmpty()) {
      throw wrong("--role", role, "instructor, moderator, student, viewer or admin");
    }
    if (admin ? !room.isEmpty() : !RoomToken.isRoomId(room)) {
      throw wrong("--room", room, admin ? "left out for an admin" : "letters, digits, '-' and '_'");
    }
    String shown = DisplayName.clean(name);
    if (shown.isEmpty()) {
      throw wrong("--name", name, "a name to show");
    }
    String subject = id == null ? DisplayName.id(shown) : id;
    if (!RoomToken.isParticipantId(subject)) {
      throw wrong("--id", subject, "1 to 64 letters, digits, '.', '-' and '_'");
    }
    return new RoomToken(signer.id(), subject, shown, room, role, now.plus(life()))
        .granting(rights())
        .consenting(!noConsent);
  }

  private Set<Right> rights() throws CommandFailed {
    if (grants == null) {
      return Right.ALL;
    }
    String found = String.join(",", grants);
    return Grants.of(grants)
        .orElseThrow(() -> wrong("--grants", found, "a list of " + Grants.WORDS));
  }

  private Duration life() throws CommandFailed {
    return Units.duration(ttl)
        .filter(life -> life.isPositive() && life.compareTo(TokenVerifier.LONGEST_LIFE) <= 0)
        .orElseThrow(() -> wrong("--ttl", ttl, "a time up to 7d, as 30s, 15m or 2h"));
  }

  private static CommandFailed wrong(String option, String found, String rule) {
    return new CommandFailed(option + " is '" + found + "', but it must be " + rule + ".");
  }
}
