/**
 * The example on a real Open Liberty, each test class with a server process of its own: the embedded fabric, a fabric
 * that comes and goes, a plain MQTT broker, and an independent DXL client that publishes. Only the build calls what is
 * here, one class after the other. It never looks into the server: it sees what a user sees, HTTP and the console.
 */
package io.github.dxlcdi.liberty;
