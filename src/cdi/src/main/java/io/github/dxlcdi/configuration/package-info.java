/**
 * Every key, declared once, and how MicroProfile Config becomes the configuration of a client. The extension reads it once
 * when the application is deployed, and reports all problems together. It starts nothing, and secrets never reach a
 * problem, a log or a {@code toString}.
 */
package io.github.dxlcdi.configuration;
