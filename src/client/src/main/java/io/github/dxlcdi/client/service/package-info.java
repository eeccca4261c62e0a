/**
 * Services that a client offers: how long a registration holds, when it is renewed or tried again, and the texts that tell
 * the broker. {@code Services}, a part of {@code DxlClient}, uses it on the event loop. It has neither threads nor timers
 * of its own, and never waits.
 */
package io.github.dxlcdi.client.service;
