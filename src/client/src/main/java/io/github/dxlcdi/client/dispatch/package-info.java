/**
 * From a received message to the callbacks of its topic: a bounded queue, the threads that empty it, and which callbacks a
 * topic has. {@code Incoming}, a part of {@code DxlClient}, puts them together. It knows neither sockets nor what a message
 * holds.
 */
package io.github.dxlcdi.client.dispatch;
