package dev.microvisor.emulator.disassembly;

import java.util.HashMap;
import java.util.Map;

/**
 * How each row of the decode table is written: its name there, then mnemonic and operands. What
 * stands between angle brackets is filled in by {@link Slots}.
 */
final class SyntaxTable {
    private static final String ROWS =
            """
            LSL (immediate) T1 | lsl<S> <d>, <m>, #<i>
            MOV (register) T2 | mov<S> <d>, <m>
            LSR (immediate) T1 | lsr<S> <d>, <m>, #<amount>
            ASR (immediate) T1 | asr<S> <d>, <m>, #<amount>
            ADD (register) T1 | add<S> <d>, <n>, <m>
            SUB (register) T1 | sub<S> <d>, <n>, <m>
            ADD (immediate) T1 | add<S> <d>, <n>, #<i>
            SUB (immediate) T1 | sub<S> <d>, <n>, #<i>
            MOV (immediate) T1 | mov<S> <d>, #<i>
            CMP (immediate) T1 | cmp<c> <n>, #<i>
            ADD (immediate) T2 | add<S> <e>, #<i>
            SUB (immediate) T2 | sub<S> <e>, #<i>
            AND (register) T1 | and<S> <e>, <m>
            EOR (register) T1 | eor<S> <e>, <m>
            LSL (register) T1 | lsl<S> <e>, <m>
            LSR (register) T1 | lsr<S> <e>, <m>
            ASR (register) T1 | asr<S> <e>, <m>
            ADC (register) T1 | adc<S> <e>, <m>
            SBC (register) T1 | sbc<S> <e>, <m>
            ROR (register) T1 | ror<S> <e>, <m>
            TST (register) T1 | tst<c> <n>, <m>
            RSB (immediate) T1 | neg<S> <d>, <n>
            CMP (register) T1 | cmp<c> <n>, <m>
            CMN (register) T1 | cmn<c> <n>, <m>
            ORR (register) T1 | orr<S> <e>, <m>
            MUL T1 | mul<S> <d>, <n>
            BIC (register) T1 | bic<S> <e>, <m>
            MVN (register) T1 | mvn<S> <d>, <m>
            ADD (register) T2 | add<c> <e>, <m>
            CMP (register) T2 | cmp<c> <n>, <m>
            MOV (register) T1 | mov<c> <d>, <m>
            BX | bx<c> <m>
            BLX (register) | blx<c> <m>
            LDR (literal) T1 | ldr<c> <t>, [pc, #<i*4>]<literal4>
            STR (register) T1 | str<c> <t>, [<n>, <m>]
            STRH (register) T1 | strh<c> <t>, [<n>, <m>]
            STRB (register) T1 | strb<c> <t>, [<n>, <m>]
            LDRSB (register) T1 | ldrsb<c> <t>, [<n>, <m>]
            LDR (register) T1 | ldr<c> <t>, [<n>, <m>]
            LDRH (register) T1 | ldrh<c> <t>, [<n>, <m>]
            LDRB (register) T1 | ldrb<c> <t>, [<n>, <m>]
            LDRSH (register) T1 | ldrsh<c> <t>, [<n>, <m>]
            STR (immediate) T1 | str<c> <t>, [<n>, #<i*4>]
            LDR (immediate) T1 | ldr<c> <t>, [<n>, #<i*4>]
            STRB (immediate) T1 | strb<c> <t>, [<n>, #<i>]
            LDRB (immediate) T1 | ldrb<c> <t>, [<n>, #<i>]
            STRH (immediate) T1 | strh<c> <t>, [<n>, #<i*2>]
            LDRH (immediate) T1 | ldrh<c> <t>, [<n>, #<i*2>]
            STR (immediate) T2 | str<c> <t>, [sp, #<i*4>]
            LDR (immediate) T2 | ldr<c> <t>, [sp, #<i*4>]
            ADR T1 | add<c> <d>, pc, #<i*4><literal4>
            ADD (SP plus immediate) T1 | add<c> <d>, sp, #<i*4>
            ADD (SP plus immediate) T2 | add<c> sp, #<i*4>
            SUB (SP minus immediate) T1 | sub<c> sp, #<i*4>
            CBZ | cbz <n>, <forward>
            CBNZ | cbnz <n>, <forward>
            SXTH T1 | sxth<c> <d>, <m>
            SXTB T1 | sxtb<c> <d>, <m>
            UXTH T1 | uxth<c> <d>, <m>
            UXTB T1 | uxtb<c> <d>, <m>
            PUSH T1 | push<c> {<list16lr>}
            CPS | cps<effect> <masks>
            REV T1 | rev<c> <d>, <m>
            REV16 T1 | rev16<c> <d>, <m>
            REVSH T1 | revsh<c> <d>, <m>
            POP T1 | pop<c> {<list16pc>}
            BKPT | bkpt <hex4>
            IT | <it> <firstcond>
            NOP and unallocated hints | nop<c><hint>
            YIELD T1 | yield<c>
            WFE T1 | wfe<c>
            WFI T1 | wfi<c>
            SEV T1 | sev<c>
            STM T1 | stmia<c> <n>!, {<list16>}
            LDM T1 | ldmia<c> <n><bangUnlessListed>, {<list16>}
            B T1 | b<cond>.n <near8>
            UDF T1 | udf<c> #<i>
            SVC | svc<c> <i>
            B T2 | b<c>.n <near11>
            STM T2 | stmia<c>.w <n><bang>, {<list>}
            LDM T2 | ldmia<c>.w <n><bang>, {<list>}
            STMDB T1 | stmdb<c> <n><bang>, {<list>}
            LDMDB T1 | ldmdb<c> <n><bang>, {<list>}
            STRD (immediate) T1 offset | strd<c> <t>, <a>, <dual>
            STRD (immediate) T1 post-indexed | strd<c> <t>, <a>, <dualPost>
            LDRD (immediate) T1 offset | ldrd<c> <t>, <a>, <dual>
            LDRD (immediate) T1 post-indexed | ldrd<c> <t>, <a>, <dualPost>
            SG | sg
            STREX | strex<c> <d>, <t>, [<n><plus4>]
            LDREX | ldrex<c> <t>, [<n><plus4>]
            TT | tt<tt><c> <d>, <n>
            STREXB | strexb<c> <d>, <t>, [<n>]
            STREXH | strexh<c> <d>, <t>, [<n>]
            STLB | stlb<c> <t>, [<n>]
            STLH | stlh<c> <t>, [<n>]
            STL | stl<c> <t>, [<n>]
            STLEXB | stlexb<c> <d>, <t>, [<n>]
            STLEXH | stlexh<c> <d>, <t>, [<n>]
            STLEX | stlex<c> <d>, <t>, [<n>]
            TBB | tbb<c> [<n>, <m>]
            TBH | tbh<c> [<n>, <m>, lsl #1]
            LDREXB | ldrexb<c> <t>, [<n>]
            LDREXH | ldrexh<c> <t>, [<n>]
            LDAB | ldab<c> <t>, [<n>]
            LDAH | ldah<c> <t>, [<n>]
            LDA | lda<c> <t>, [<n>]
            LDAEXB | ldaexb<c> <t>, [<n>]
            LDAEXH | ldaexh<c> <t>, [<n>]
            LDAEX | ldaex<c> <t>, [<n>]
            AND (register) T2 | and<s><c>.w <d>, <n>, <m><shift>
            TST (register) T2 | tst<c>.w <n>, <m><shift>
            BIC (register) T2 | bic<s><c>.w <d>, <n>, <m><shift>
            ORR (register) T2 | orr<s><c>.w <d>, <n>, <m><shift>
            MOV (register) T3 | mov<s><c>.w <d>, <m><shift>
            ORN (register) T1 | orn<s><c> <d>, <n>, <m><shift>
            MVN (register) T2 | mvn<s><c>.w <d>, <m><shift>
            EOR (register) T2 | eor<s><c>.w <d>, <n>, <m><shift>
            TEQ (register) T1 | teq<c> <n>, <m><shift>
            PKHBT | pkhbt<c> <d>, <n>, <m><lsl>
            PKHTB | pkhtb<c> <d>, <n>, <m><asr>
            ADD (register) T3 | add<s><c>.w <d>, <n>, <m><shift>
            CMN (register) T2 | cmn<c>.w <n>, <m><shift>
            ADC (register) T2 | adc<s><c>.w <d>, <n>, <m><shift>
            SBC (register) T2 | sbc<s><c>.w <d>, <n>, <m><shift>
            SUB (register) T2 | sub<s><c>.w <d>, <n>, <m><shift>
            CMP (register) T3 | cmp<c>.w <n>, <m><shift>
            RSB (register) T1 | rsb<s><c> <d>, <n>, <m><shift>
            AND (immediate) T1 | and<s><c>.w <d>, <n>, #<expanded>
            TST (immediate) T1 | tst<c>.w <n>, #<expanded>
            BIC (immediate) T1 | bic<s><c>.w <d>, <n>, #<expanded>
            ORR (immediate) T1 | orr<s><c>.w <d>, <n>, #<expanded>
            MOV (immediate) T2 | mov<s><c>.w <d>, #<expanded>
            ORN (immediate) T1 | orn<s><c> <d>, <n>, #<expanded>
            MVN (immediate) T1 | mvn<s><c>.w <d>, #<expanded>
            EOR (immediate) T1 | eor<s><c>.w <d>, <n>, #<expanded>
            TEQ (immediate) T1 | teq<c> <n>, #<expanded>
            ADD (immediate) T3 | add<s><c>.w <d>, <n>, #<expanded>
            CMN (immediate) T1 | cmn<c>.w <n>, #<expanded>
            ADC (immediate) T1 | adc<s><c>.w <d>, <n>, #<expanded>
            SBC (immediate) T1 | sbc<s><c>.w <d>, <n>, #<expanded>
            SUB (immediate) T3 | sub<s><c>.w <d>, <n>, #<expanded>
            CMP (immediate) T2 | cmp<c>.w <n>, #<expanded>
            RSB (immediate) T2 | rsb<s><c> <d>, <n>, #<expanded>
            ADD (immediate) T4 | addw<c> <d>, <n>, #<i>
            ADR T3 | addw<c> <d>, pc, #<i><literalAhead>
            MOV (immediate) T3 | movw<c> <d>, #<imm16>
            SUB (immediate) T4 | subw<c> <d>, <n>, #<i>
            ADR T2 | subw<c> <d>, pc, #<i><literalBehind>
            MOVT | movt<c> <d>, #<imm16>
            SSAT | ssat<c> <d>, #<w+1>, <n><saturateShift>
            SSAT16 | ssat16<c> <d>, #<w+1>, <n>
            SBFX | sbfx<c> <d>, <n>, #<i>, #<w+1>
            BFI | bfi<c> <d>, <n>, #<i>, #<width>
            BFC | bfc<c> <d>, #<i>, #<width>
            USAT | usat<c> <d>, #<w>, <n><saturateShift>
            USAT16 | usat16<c> <d>, #<w>, <n>
            UBFX | ubfx<c> <d>, <n>, #<i>, #<w+1>
            B T3 | b<cond>.w <far20>
            B T4 | b<c>.w <far24>
            BL | bl<c> <far24>
            MSR (register) | msr<c> <special><msrBits>, <n>
            MRS | mrs<c> <d>, <special>
            NOP T2 and unallocated hints | nop<c>.w<hint>
            YIELD T2 | yield<c>.w
            WFE T2 | wfe<c>.w
            WFI T2 | wfi<c>.w
            SEV T2 | sev<c>.w
            CLREX | clrex<c>
            DSB | dsb<c> <barrier>
            DMB | dmb<c> <barrier>
            ISB | isb<c> <barrier>
            UDF T2 | udf<c>.w #<i>
            STRB (immediate) T2 | strb<c>.w <t>, [<n><plus>]
            STRB (immediate) T3 | strb<c>.w <t>, <indexed>
            STRBT | strbt<c> <t>, [<n><plus>]
            STRB (register) T2 | strb<c>.w <t>, [<n>, <m><scale>]
            STRH (immediate) T2 | strh<c>.w <t>, [<n><plus>]
            STRH (immediate) T3 | strh<c>.w <t>, <indexed>
            STRHT | strht<c> <t>, [<n><plus>]
            STRH (register) T2 | strh<c>.w <t>, [<n>, <m><scale>]
            STR (immediate) T3 | str<c>.w <t>, [<n><plus>]
            STR (immediate) T4 | str<c>.w <t>, <indexed>
            STRT | strt<c> <t>, [<n><plus>]
            STR (register) T2 | str<c>.w <t>, [<n>, <m><scale>]
            LDRB (immediate) T2 | ldrb<c>.w <t>, [<n><plus>]
            LDRB (immediate) T3 | ldrb<c>.w <t>, <indexed>
            LDRBT | ldrbt<c> <t>, [<n><plus>]
            LDRB (register) T2 | ldrb<c>.w <t>, [<n>, <m><scale>]
            LDRB (literal) | ldrb<c>.w <t>, <literal>
            LDRH (immediate) T2 | ldrh<c>.w <t>, [<n><plus>]
            LDRH (immediate) T3 | ldrh<c>.w <t>, <indexed>
            LDRHT | ldrht<c> <t>, [<n><plus>]
            LDRH (register) T2 | ldrh<c>.w <t>, [<n>, <m><scale>]
            LDRH (literal) | ldrh<c>.w <t>, <literal>
            LDR (immediate) T3 | ldr<c>.w <t>, [<n><plus>]
            LDR (immediate) T4 | ldr<c>.w <t>, <indexed>
            LDRT | ldrt<c> <t>, [<n><plus>]
            LDR (register) T2 | ldr<c>.w <t>, [<n>, <m><scale>]
            LDR (literal) T2 | ldr<c>.w <t>, <literal>
            LDRSB (immediate) T1 | ldrsb<c>.w <t>, [<n><plus>]
            LDRSB (immediate) T2 | ldrsb<c>.w <t>, <indexed>
            LDRSBT | ldrsbt<c> <t>, [<n><plus>]
            LDRSB (register) T2 | ldrsb<c>.w <t>, [<n>, <m><scale>]
            LDRSB (literal) | ldrsb<c>.w <t>, <literal>
            LDRSH (immediate) T1 | ldrsh<c>.w <t>, [<n><plus>]
            LDRSH (immediate) T2 | ldrsh<c>.w <t>, <indexed>
            LDRSHT | ldrsht<c> <t>, [<n><plus>]
            LDRSH (register) T2 | ldrsh<c>.w <t>, [<n>, <m><scale>]
            LDRSH (literal) | ldrsh<c>.w <t>, <literal>
            MOV (register-shifted register) T2 | <shiftType><s><c>.w <d>, <n>, <m>
            SXTAH | sxt<plusA>h<c><wideUnlessA> <d>, <nUnlessPc><m><rotation>
            UXTAH | uxt<plusA>h<c><wideUnlessA> <d>, <nUnlessPc><m><rotation>
            SXTAB16 | sxt<plusA>b16<c> <d>, <nUnlessPc><m><rotation>
            UXTAB16 | uxt<plusA>b16<c> <d>, <nUnlessPc><m><rotation>
            SXTAB | sxt<plusA>b<c><wideUnlessA> <d>, <nUnlessPc><m><rotation>
            UXTAB | uxt<plusA>b<c><wideUnlessA> <d>, <nUnlessPc><m><rotation>
            parallel ADD8 | <parallel>add8<c> <d>, <n>, <m>
            parallel ADD16 | <parallel>add16<c> <d>, <n>, <m>
            parallel ASX | <parallel>asx<c> <d>, <n>, <m>
            parallel SUB8 | <parallel>sub8<c> <d>, <n>, <m>
            parallel SUB16 | <parallel>sub16<c> <d>, <n>, <m>
            parallel SAX | <parallel>sax<c> <d>, <n>, <m>
            QADD | qadd<c> <d>, <m>, <n>
            QDADD | qdadd<c> <d>, <m>, <n>
            QSUB | qsub<c> <d>, <m>, <n>
            QDSUB | qdsub<c> <d>, <m>, <n>
            REV T2 | rev<c>.w <d>, <m>
            REV16 T2 | rev16<c>.w <d>, <m>
            RBIT | rbit<c> <d>, <m>
            REVSH T2 | revsh<c>.w <d>, <m>
            SEL | sel<c> <d>, <n>, <m>
            CLZ | clz<c> <d>, <m>
            MLA | mla<c> <d>, <n>, <m>, <a>
            MUL T2 | mul<c>.w <d>, <n>, <m>
            MLS | mls<c> <d>, <n>, <m>, <a>
            SMLABB, SMLABT, SMLATB, SMLATT | sm<laOrUl><halves><c> <d>, <n>, <m><accumulator>
            SMLAD, SMLADX | sm<ladOrUad><x><c> <d>, <n>, <m><accumulator>
            SMLAWB, SMLAWT | sm<laOrUl>w<half><c> <d>, <n>, <m><accumulator>
            SMLSD, SMLSDX | sm<lOrU>sd<x><c> <d>, <n>, <m><accumulator>
            SMMLA, SMMLAR | smm<laOrUl><r><c> <d>, <n>, <m><accumulator>
            SMMLS, SMMLSR | smmls<r><c> <d>, <n>, <m>, <a>
            USADA8 | usad<aUnlessPc>8<c> <d>, <n>, <m><accumulator>
            SMULL | smull<c> <a>, <d>, <n>, <m>
            SDIV | sdiv<c> <d>, <n>, <m>
            UMULL | umull<c> <a>, <d>, <n>, <m>
            UDIV | udiv<c> <d>, <n>, <m>
            SMLAL | smlal<c> <a>, <d>, <n>, <m>
            SMLALBB, SMLALBT, SMLALTB, SMLALTT | smlal<halves><c> <a>, <d>, <n>, <m>
            SMLALD, SMLALDX | smlald<x><c> <a>, <d>, <n>, <m>
            SMLSLD, SMLSLDX | smlsld<x><c> <a>, <d>, <n>, <m>
            UMLAL | umlal<c> <a>, <d>, <n>, <m>
            UMAAL | umaal<c> <a>, <d>, <n>, <m>
            VSTM T2 | <vstm><c> <vbase>{<singles>}
            VLDM T2 | <vldm><c> <vbase>{<singles>}
            VSTM T1 | <vstm><c> <vbase>{<doubles>}
            VLDM T1 | <vldm><c> <vbase>{<doubles>}
            VSTR T2 | vstr<c> <Sd>, <vmem>
            VLDR T2 | vldr<c> <Sd>, <vmem>
            VSTR T1 | vstr<c> <Dd>, <vmem>
            VLDR T1 | vldr<c> <Dd>, <vmem>
            VMOV (two core registers to two singles) | vmov<c> <Sm>, <Sm+1>, <t>, <a>
            VMOV (two singles to two core registers) | vmov<c> <t>, <a>, <Sm>, <Sm+1>
            VMOV (two core registers to double) | vmov<c> <Dm>, <t>, <a>
            VMOV (double to two core registers) | vmov<c> <t>, <a>, <Dm>
            VMOV (core register to single) | vmov<c> <Sn>, <t>
            VMOV (single to core register) | vmov<c> <t>, <Sn>
            VMOV (core register to half of double) | vmov<c>.32 <Dn>[<i>], <t>
            VMOV (half of double to core register) | vmov<c>.32 <t>, <Dn>[<i>]
            VMSR | vmsr<c> fpscr, <t>
            VMRS | vmrs<c> <tOrFlags>, fpscr
            VMLA | vmla<c>.f32 <Sd>, <Sn>, <Sm>
            VMLS | vmls<c>.f32 <Sd>, <Sn>, <Sm>
            VNMLS | vnmls<c>.f32 <Sd>, <Sn>, <Sm>
            VNMLA | vnmla<c>.f32 <Sd>, <Sn>, <Sm>
            VMUL | vmul<c>.f32 <Sd>, <Sn>, <Sm>
            VNMUL | vnmul<c>.f32 <Sd>, <Sn>, <Sm>
            VADD | vadd<c>.f32 <Sd>, <Sn>, <Sm>
            VSUB | vsub<c>.f32 <Sd>, <Sn>, <Sm>
            VDIV | vdiv<c>.f32 <Sd>, <Sn>, <Sm>
            VFNMS | vfnms<c>.f32 <Sd>, <Sn>, <Sm>
            VFNMA | vfnma<c>.f32 <Sd>, <Sn>, <Sm>
            VFMA | vfma<c>.f32 <Sd>, <Sn>, <Sm>
            VFMS | vfms<c>.f32 <Sd>, <Sn>, <Sm>
            VMOV (immediate) | vmov<c>.f32 <Sd>, #<real>
            VMOV (register) | vmov<c>.f32 <Sd>, <Sm>
            VABS | vabs<c>.f32 <Sd>, <Sm>
            VNEG | vneg<c>.f32 <Sd>, <Sm>
            VSQRT | vsqrt<c>.f32 <Sd>, <Sm>
            VCVTB (half to single) | vcvtb<c>.f32.f16 <Sd>, <Sm>
            VCVTT (half to single) | vcvtt<c>.f32.f16 <Sd>, <Sm>
            VCVTB (single to half) | vcvtb<c>.f16.f32 <Sd>, <Sm>
            VCVTT (single to half) | vcvtt<c>.f16.f32 <Sd>, <Sm>
            VCMP, VCMPE T1 | vcmp<signalling><c>.f32 <Sd>, <Sm>
            VCMP, VCMPE T2 (zero) | vcmp<signalling><c>.f32 <Sd>, #0.0
            VRINTZ | vrintz<c>.f32 <Sd>, <Sm>
            VRINTR | vrintr<c>.f32 <Sd>, <Sm>
            VRINTX | vrintx<c>.f32 <Sd>, <Sm>
            VCVT (integer to single) | vcvt<c>.f32.<integer> <Sd>, <Sm>
            VCVT, VCVTR (single to integer) | vcvt<rounding><c>.<integerOfTo>.f32 <Sd>, <Sm>
            VCVT (fixed to single) | vcvt<c>.f32.<fixed> <Sd>, <Sd>, #<fraction>
            VCVT (single to fixed) | vcvt<c>.<fixed>.f32 <Sd>, <Sd>, #<fraction>
            VSEL | vsel<select>.f32 <Sd>, <Sn>, <Sm>
            VMAXNM | vmaxnm.f32 <Sd>, <Sn>, <Sm>
            VMINNM | vminnm.f32 <Sd>, <Sn>, <Sm>
            VRINTA, VRINTN, VRINTP, VRINTM | vrint<direction>.f32 <Sd>, <Sm>
            VCVTA, VCVTN, VCVTP, VCVTM | vcvt<direction>.<integer>.f32 <Sd>, <Sm>
            """;

    private static final Map<String, String> BY_NAME = read();

    private SyntaxTable() {}

    private static Map<String, String> read() {
        Map<String, String> byName = new HashMap<>();
        for (String line : ROWS.lines().toList()) {
            int bar = line.indexOf(" | ");
            if (byName.put(line.substring(0, bar), line.substring(bar + 3)) != null) {
                throw new IllegalStateException("written twice: " + line);
            }
        }
        return byName;
    }

    /** How a row is written; null when the table does not say. */
    static String of(String rowName) {
        return BY_NAME.get(rowName);
    }

    static int size() {
        return BY_NAME.size();
    }
}
