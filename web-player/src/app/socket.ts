import type { Socket, SocketListener } from '../core/signal/client.ts';

/** The browser's own socket to the node that served the page. */
export function openSocket(listener: SocketListener): Socket {
  const url = new URL('/ws', location.href);
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
