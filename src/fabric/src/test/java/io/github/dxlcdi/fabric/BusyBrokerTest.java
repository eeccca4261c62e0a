package io.github.dxlcdi.fabric;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;

/** What becomes of clients that wait while the broker, or the machine, has other things to do. */
class BusyBrokerTest {
    /** What TLS and web sockets of Netty's allow for a handshake by themselves, and a little more. */
    private static final int LONGER_THAN_USUAL_MILLIS = 10_500;

    private static final int WAIT_MILLIS = 30_000;
    private static final String UPGRADE = "GET /mqtt HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\n"
            + "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Protocol: mqtt\r\n"
            + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";

    @Test
    void a_handshake_may_take_as_long_as_clients_wait_for_it() throws Exception {
        try (Fabric fabric = Fabric.builder().webSockets(true).start();
                Socket tcp = new Socket(InetAddress.getLoopbackAddress(), fabric.port());
                Socket webSocket = new Socket(InetAddress.getLoopbackAddress(), fabric.webSocketPort())) {
            tcp.setSoTimeout(LONGER_THAN_USUAL_MILLIS);
            assertThatThrownBy(() -> tcp.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);

            secured(tcp, fabric);
            SSLSocket secured = secured(webSocket, fabric);
            secured.getOutputStream().write(UPGRADE.getBytes(US_ASCII));
            assertThat(new BufferedReader(new InputStreamReader(secured.getInputStream(), US_ASCII)).readLine())
                    .startsWith("HTTP/1.1 101");
        }
    }

    private static SSLSocket secured(Socket socket, Fabric fabric) throws Exception {
        SSLSocket secured = (SSLSocket) Tls.context(fabric.caPem(), fabric.identity())
                .getSocketFactory()
                .createSocket(socket, "localhost", socket.getPort(), true);
        secured.setSoTimeout(WAIT_MILLIS);
        secured.startHandshake();
        return secured;
    }
}
