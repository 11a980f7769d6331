package dev.microvisor.dap.view;

import java.util.List;

/**
 * A row that the client can open.
 *
 * @param children what is inside
 * @param place the frame in which the names of its members mean what they show
 * @param path the expression that gives the row; empty when there is none
 */
public record OpenRow(Node.Children children, FramePlace place, String path) {
    /** Members and elements with the expressions that give them again. */
    public List<Node> named(List<Node> rows, int firstElement) {
        return path.startsWith(MvPath.ROOT) ? MvPath.named(path, rows, firstElement) : rows;
    }
}
