//! The number of the suspension point that a machine is at, as its frame has it.
//!
//! 0 is the start, and the points come after it in the order of the source. The body compares numbers, which rustc
//! checks faster than the variants of an enum, for those are compared by a trait's methods.

use core::num::NonZeroU16;

use super::End;

/// Where a machine is.
pub trait Position: Copy {
    /// The number of a point.
    type Number: Copy + PartialOrd + From<u8> + Into<usize>;
    /// The body has ended.
    const RETURNED: Self;
    /// The body has unwound.
    const PANICKED: Self;
    /// Its number, which is above those of all points if the body has ended or unwound.
    fn number(self) -> Self::Number;
    /// That of a point.
    ///
    /// # Safety
    ///
    /// It is the number of a point, or 0, of a body that has no more of them than there are numbers.
    unsafe fn of(number: Self::Number) -> Self;
    /// How the body has ended, if it has.
    fn end(self) -> End;
}

macro_rules! points {
    ($($point:ident)*) => {
        /// Where a machine is that has at most 200 suspension points. An enum, so that other enums which contain a
        /// machine can be as small as the machine is: there are bytes that stand for no point.
        #[derive(Clone, Copy, Debug)]
        #[repr(u8)]
        #[allow(missing_docs)]
        pub enum Point {
            Start,
            $($point,)*
            Returned,
            Panicked,
        }
    };
}
points! {
    P1 P2 P3 P4 P5 P6 P7 P8 P9 P10 P11 P12 P13 P14 P15 P16 P17 P18 P19 P20
    P21 P22 P23 P24 P25 P26 P27 P28 P29 P30 P31 P32 P33 P34 P35 P36 P37 P38 P39 P40
    P41 P42 P43 P44 P45 P46 P47 P48 P49 P50 P51 P52 P53 P54 P55 P56 P57 P58 P59 P60
    P61 P62 P63 P64 P65 P66 P67 P68 P69 P70 P71 P72 P73 P74 P75 P76 P77 P78 P79 P80
    P81 P82 P83 P84 P85 P86 P87 P88 P89 P90 P91 P92 P93 P94 P95 P96 P97 P98 P99 P100
    P101 P102 P103 P104 P105 P106 P107 P108 P109 P110 P111 P112 P113 P114 P115 P116 P117 P118 P119 P120
    P121 P122 P123 P124 P125 P126 P127 P128 P129 P130 P131 P132 P133 P134 P135 P136 P137 P138 P139 P140
    P141 P142 P143 P144 P145 P146 P147 P148 P149 P150 P151 P152 P153 P154 P155 P156 P157 P158 P159 P160
    P161 P162 P163 P164 P165 P166 P167 P168 P169 P170 P171 P172 P173 P174 P175 P176 P177 P178 P179 P180
    P181 P182 P183 P184 P185 P186 P187 P188 P189 P190 P191 P192 P193 P194 P195 P196 P197 P198 P199 P200
}

impl Point {
    /// [`Position::number`]. A method of the type itself, so that no trait of the user's has it.
    #[inline(always)]
    #[must_use]
    pub const fn number(self) -> u8 {
        self as u8
    }
}

impl Position for Point {
    type Number = u8;
    const RETURNED: Self = Point::Returned;
    const PANICKED: Self = Point::Panicked;
    #[inline(always)]
    fn number(self) -> u8 {
        self as u8
    }
    #[inline(always)]
    unsafe fn of(number: u8) -> Self {
        // SAFETY: by the caller, it is at most 200, and so the number of a variant.
        unsafe { core::mem::transmute::<u8, Point>(number) }
    }
    #[inline(always)]
    fn end(self) -> End {
        match self {
            Point::Returned => End::Returned,
            _ => End::Panicked,
        }
    }
}

/// Where a machine is that has more of them. What it holds is one more than the number.
#[derive(Clone, Copy, Debug)]
pub struct LongPoint(NonZeroU16);

impl LongPoint {
    /// Not started.
    #[allow(non_upper_case_globals, reason = "named as the variant of `Point`")]
    pub const Start: Self = LongPoint(NonZeroU16::MIN);

    /// [`Position::number`].
    #[inline(always)]
    #[must_use]
    pub const fn number(self) -> u16 {
        self.0.get() - 1
    }
}

impl Position for LongPoint {
    type Number = u16;
    const RETURNED: Self = LongPoint(match NonZeroU16::new(u16::MAX - 1) {
        Some(returned) => returned,
        None => NonZeroU16::MAX,
    });
    const PANICKED: Self = LongPoint(NonZeroU16::MAX);
    #[inline(always)]
    fn number(self) -> u16 {
        self.0.get() - 1
    }
    #[inline(always)]
    unsafe fn of(number: u16) -> Self {
        // SAFETY: by the caller, it is less than those that say how the body has ended.
        LongPoint(unsafe { NonZeroU16::new_unchecked(number + 1) })
    }
    #[inline(always)]
    fn end(self) -> End {
        if self.0 == Self::RETURNED.0 {
            End::Returned
        } else {
            End::Panicked
        }
    }
}

/// What its frame says of a machine that nobody runs.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum State {
    /// The body has not been entered.
    Unstarted,
    /// It is suspended.
    Suspended,
    /// It has returned or panicked.
    Ended(End),
}

/// That of a machine there, which has so many suspension points.
#[inline(always)]
pub fn state<P: Position>(at: P, points: P::Number) -> State {
    let number = at.number();
    if number > points {
        State::Ended(at.end())
    } else if number == P::Number::from(0) {
        State::Unstarted
    } else {
        State::Suspended
    }
}
