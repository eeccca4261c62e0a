/**
 * Requests that wait for an answer: found by the id of the message, given up at a deadline or with the connection. {@code
 * Requests}, a part of {@code DxlClient}, uses it; applications find here what the codes of failures mean that a client
 * tells by itself. It knows neither sockets nor what a message holds.
 */
package io.github.dxlcdi.client.request;
