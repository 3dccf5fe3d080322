import type { Socket, SocketListener } from '../core/signal/client.ts';
import { roomOfAddress } from './tokens.ts';

/** The browser's own socket to the node that served the page. */
export function openSocket(listener: SocketListener): Socket {
  // The room in the query lets a node pass the socket on to the one that holds the class.
  const url = new URL(`/ws?room=${encodeURIComponent(roomOfAddress())}`, location.href);
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  const socket = new WebSocket(url, 'amphi.v1');
  socket.addEventListener('open', () => listener.opened());
  socket.addEventListener('message', (event) => listener.received(String(event.data)));
  socket.addEventListener('close', (event) => listener.closed(event.code, event.reason));
  return {
    send: (text) => {
      if (socket.readyState === WebSocket.OPEN) {
        socket.send(text);
      }
    },
    close: () => socket.close(1000),
  };
}
