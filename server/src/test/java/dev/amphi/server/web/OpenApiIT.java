package dev.amphi.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.amphi.server.node.AmphiNode;
import dev.amphi.server.node.TestNodes;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OpenApiIT {
  private static final Set<String> METHODS = Set.of("get", "put", "post", "delete", "patch");

  @Test
  void everyDocumentedRouteAnswersAsItself(@TempDir Path folder) throws Exception {
    try (AmphiNode node = TestNodes.start(folder)) {
      RestClient client = new RestClient(node.localOrigin());
      JsonNode paths =
          new YAMLMapper()
              .readTree(client.send("GET", "/api/openapi.yaml", "", "").body())
              .path("paths");
      List<String> seen = new ArrayList<>();

      for (var path : paths.properties()) {
        for (var operation : path.getValue().properties()) {
          if (METHODS.contains(operation.getKey())) {
            String method = operation.getKey().toUpperCase(Locale.ROOT);
            String url = path.getKey().replaceAll("\\{[a-z]+}", "none");
            HttpResponse<String> answer = client.send(method, url, "", "");
            seen.add(method + " " + path.getKey());

            // No route answers 404 'not_found' or 405; an unknown room is the route's own answer.
            assertThat(answer.statusCode()).as("%s %s", method, url).isNotEqualTo(405);
            if (answer.statusCode() == 404) {
              assertThat(new JsonObject(answer.body()).getString("code"))
                  .as("%s %s", method, url)
                  .isNotEqualTo("not_found");
            }
          }
        }
      }
      assertThat(seen).hasSizeGreaterThanOrEqualTo(16);
    }
  }
}
