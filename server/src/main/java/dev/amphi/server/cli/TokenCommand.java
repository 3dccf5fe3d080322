package dev.amphi.server.cli;

import dev.amphi.interactive.api.Role;
import dev.amphi.server.config.ConfigKey;
import dev.amphi.server.config.ConfigSources;
import dev.amphi.server.config.ServerConfig;
import dev.amphi.server.config.Units;
import dev.amphi.server.token.ApiKey;
import dev.amphi.server.token.DevelopmentKey;
import dev.amphi.server.token.DisplayName;
import dev.amphi.server.token.RoomToken;
import dev.amphi.server.token.TokenSigner;
import dev.amphi.server.token.TokenVerifier;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
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

  @Option(names = "--data-dir", paramLabel = "DIR", description = "folder of the development key")
  private @Nullable String dataDir;

  @Option(names = "--config", paramLabel = "FILE", description = "YAML configuration file")
  private @Nullable Path config;

  @Option(names = "--key", paramLabel = "ID:SECRET", description = "sign with this API key")
  private @Nullable String key;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws Exception {
    Instant now = Instant.now();
    ApiKey signer = key();
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
    return new RoomToken(signer.id(), subject, shown, room, role, now.plus(life()));
  }

  private Duration life() throws CommandFailed {
    return Units.duration(ttl)
        .filter(life -> life.isPositive() && life.compareTo(TokenVerifier.LONGEST_LIFE) <= 0)
        .orElseThrow(() -> wrong("--ttl", ttl, "a time up to 7d, as 30s, 15m or 2h"));
  }

  private ApiKey key() throws Exception {
    if (key != null) {
      int colon = key.indexOf(':');
      if (colon < 1 || key.length() - colon - 1 < 32) {
        // The value holds a secret and is not repeated.
        throw new CommandFailed("--key must be ID:SECRET with a secret of 32 characters or more.");
      }
      return new ApiKey(key.substring(0, colon), key.substring(colon + 1), false);
    }
    Map<ConfigKey, String> flags = new EnumMap<>(ConfigKey.class);
    if (dataDir != null) {
      flags.put(ConfigKey.DATA_DIR, dataDir);
    }
    ServerConfig read =
        new ConfigSources(flags, System.getenv(), Optional.ofNullable(config)).read();
    try {
      return DevelopmentKey.in(read.dataDir(), new SecureRandom());
    } catch (IOException e) {
      throw new CommandFailed(
          "The development key of the data folder '"
              + read.dataDir()
              + "' cannot be read or made ("
              + e
              + "): choose the folder of the node with --data-dir.");
    }
  }

  private static CommandFailed wrong(String option, String found, String rule) {
    return new CommandFailed(option + " is '" + found + "', but it must be " + rule + ".");
  }
}
