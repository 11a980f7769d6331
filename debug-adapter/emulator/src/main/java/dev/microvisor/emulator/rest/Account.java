package dev.microvisor.emulator.rest;

/** Who may use the API: user name and password of HTTP Basic authentication. */
public record Account(String sid, String token) {}
