package dev.microvisor.analysis.frontend;

import org.eclipse.cdt.core.dom.ast.IValue;

/** Constants that CDT has evaluated. */
final class Constants {
    private Constants() {}

    /** The number; null when it is none, or depends on something unknown. */
    static Long number(IValue value) {
        Number number = value == null ? null : value.numberValue();
        return number == null ? null : number.longValue();
    }
}
