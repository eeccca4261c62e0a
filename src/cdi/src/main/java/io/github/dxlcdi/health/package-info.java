/**
 * Health checks of MicroProfile Health. The extension adds them where that API is there; nothing else loads this
 * package, but for a class that marks the archive. They ask the lifecycle, and never wait for the network.
 */
package io.github.dxlcdi.health;
