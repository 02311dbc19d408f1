//! Which rows of a long list are worth drawing: those in sight and some beside them.
//!
//! Ten thousand rows as elements take seconds to make and hundreds of megabytes to keep. The height of
//! a row is known once it has been drawn; until then the usual one stands in.

/// Rows up to this many are all drawn: they cost little, and the browser's own search finds them.
pub(super) const DRAWN_ALL: usize = 100;
/// So many pixels beyond both ends of what is in sight are drawn too, for scrolling and for the next
/// press of the tab key.
const BESIDE: i32 = 600;
/// Height of a row that was never drawn, in pixels.
const USUAL: u32 = 70;

/// A stretch of the list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Window {
    /// First row drawn.
    pub(super) first: usize,
    /// First row not drawn any more.
    pub(super) end: usize,
}

/// The stretch to draw of rows with these heights (0 for not known), scrolled down by `top` pixels in a
/// list that shows `height` pixels.
pub(super) fn window(heights: &[u32], top: i32, height: i32) -> Window {
    let whole = heights.iter().copied().map(known).sum::<u32>().cast_signed();
    // A list may have become shorter than its place.
    let top = top.min(whole - height);
    let (mut window, mut down) = (Window::default(), 0);
    for (at, &row) in heights.iter().enumerate() {
        let below = down + known(row).cast_signed();
        if below < top - BESIDE {
            window.first = at + 1;
        }
        if down <= top + height + BESIDE {
            window.end = at + 1;
        }
        down = below;
    }
    window
}

/// The height to reckon with.
pub(super) fn known(height: u32) -> u32 {
    if height > 0 { height } else { USUAL }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_at_its_top_shows_its_first_rows() {
        assert_eq!(window(&[0; 1_000], 0, 500), Window { first: 0, end: 16 });
    }

    #[test]
    fn what_is_far_above_and_far_below_is_left_out() {
        assert_eq!(window(&[100; 1_000], 50_000, 500), Window { first: 493, end: 512 });
    }

    #[test]
    fn a_list_that_has_shrunk_above_its_place_shows_its_end() {
        assert_eq!(window(&[100; 20], 50_000, 500), Window { first: 8, end: 20 });
        assert_eq!(window(&[100; 3], 50_000, 500), Window { first: 0, end: 3 });
        assert_eq!(window(&[], 50_000, 500), Window::default());
    }

    #[test]
    fn rows_that_were_drawn_count_with_their_own_height() {
        assert_eq!(window(&[2_000, 0, 0], 0, 500), Window { first: 0, end: 1 });
    }
}
