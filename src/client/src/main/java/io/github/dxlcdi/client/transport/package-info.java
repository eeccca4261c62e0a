/**
 * Netty, and nothing of it outside: the one thread that owns it, the pipeline from socket to MQTT packet, keep alive. The
 * {@code connection} package and the fabric call it. It knows no DXL message.
 */
package io.github.dxlcdi.client.transport;
