/**
 * Which services a fabric has, as one broker knows it: {@link io.github.dxlcdi.fabric.registry.ServiceRegistry} holds the
 * {@link io.github.dxlcdi.fabric.registry.ServiceRegistration registrations}, finds who serves a topic and takes turns.
 * The broker calls it, for its own clients and for what it hears from other brokers. It knows no network and sends
 * nothing.
 */
package io.github.dxlcdi.fabric.registry;
