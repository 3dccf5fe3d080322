package dev.amphi.interactive.web;

import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.extensions.WebSocketExtensionData;
import io.netty.handler.codec.http.websocketx.extensions.WebSocketExtensionFilter;
import io.netty.handler.codec.http.websocketx.extensions.WebSocketExtensionFilterProvider;
import io.netty.handler.codec.http.websocketx.extensions.WebSocketServerExtension;
import io.netty.handler.codec.http.websocketx.extensions.WebSocketServerExtensionHandler;
import io.netty.handler.codec.http.websocketx.extensions.WebSocketServerExtensionHandshaker;
import io.netty.handler.codec.http.websocketx.extensions.compression.PerMessageDeflateServerExtensionHandshaker;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.impl.HttpServerConnection;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * permessage-deflate (RFC 7692) with bounds that Vert.x's own switch does not have: a message
 * inflates to {@link SignallingSocket#MAX_MESSAGE} at most, and neither side keeps its window
 * between messages, so that an idle socket holds no 256 KiB of zlib's memory. What is short is sent
 * as it is.
 */
final class SocketCompression implements WebSocketServerExtensionHandshaker {
  private static final String NAME = "permessage-deflate";
  private static final String VERTX_HANDLER = "webSocketExtensionHandler";
  private static final int LEVEL = 6;
  private static final int WINDOW_BITS = 15;
  private static final int MEMORY_LEVEL = 8;

  /** Below this, deflate saves less than it costs. */
  private static final int WORTH_BYTES = 512;

  private static final WebSocketExtensionFilterProvider LONG_ONES =
      new WebSocketExtensionFilterProvider() {
        @Override
        public WebSocketExtensionFilter encoderFilter() {
          return frame ->
              frame instanceof TextWebSocketFrame
                  && frame.isFinalFragment()
                  && frame.content().readableBytes() < WORTH_BYTES;
        }

        @Override
        public WebSocketExtensionFilter decoderFilter() {
          return WebSocketExtensionFilter.NEVER_SKIP;
        }
      };

  private final PerMessageDeflateServerExtensionHandshaker deflate =
      new PerMessageDeflateServerExtensionHandshaker(
          LEVEL,
          false,
          WINDOW_BITS,
          true,
          true,
          WINDOW_BITS,
          MEMORY_LEVEL,
          LONG_ONES,
          SignallingSocket.MAX_MESSAGE);

  /** Takes the place of Vert.x's own switch, which has to be on. */
  static void install(HttpConnection connection) {
    if (connection instanceof HttpServerConnection server) {
      ChannelPipeline pipeline = server.channelHandlerContext().pipeline();
      if (pipeline.get(VERTX_HANDLER) != null) {
        pipeline.replace(
            VERTX_HANDLER,
            VERTX_HANDLER,
            new WebSocketServerExtensionHandler(new SocketCompression()));
      }
    }
  }

  /** RFC 7692 §7.1.1: the server may ask for both even where the client did not offer them. */
  @Override
  public @Nullable WebSocketServerExtension handshakeExtension(WebSocketExtensionData offer) {
    if (!NAME.equalsIgnoreCase(offer.name())) {
      return null;
    }
    Map<String, @Nullable String> parameters = new HashMap<>(offer.parameters());
    parameters.put("server_no_context_takeover", null);
    parameters.put("client_no_context_takeover", null);
    return deflate.handshakeExtension(new WebSocketExtensionData(offer.name(), parameters));
  }
}
