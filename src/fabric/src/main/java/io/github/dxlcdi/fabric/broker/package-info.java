/**
 * A DXL broker: mutual TLS, MQTT 3.1 and 3.1.1, and what a broker of a fabric does to the messages that pass it. {@link
 * io.github.dxlcdi.fabric.broker.Broker} is the door, for the fabric alone; all the rest runs on one event loop. It
 * keeps nothing: no session, no retained message, no file.
 */
package io.github.dxlcdi.fabric.broker;
