package com.opendxl.client.callback;

/** Common to all callbacks. */
public interface MessageCallback {}
