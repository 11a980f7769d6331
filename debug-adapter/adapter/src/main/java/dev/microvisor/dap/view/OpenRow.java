package dev.microvisor.dap.view;

/**
 * A row that the client can open.
 *
 * @param children what is inside
 * @param place the frame in which the names of its members mean what they show
 */
public record OpenRow(Node.Children children, FramePlace place) {}
