/**
 * MQTT over Netty: the one thread that owns it, the pipeline from socket to MQTT packet, keep alive. The {@code connection}
 * package and the fabric call it; those two and {@code tls} are all that knows Netty beside it. It knows no DXL message.
 */
package io.github.dxlcdi.client.transport;
