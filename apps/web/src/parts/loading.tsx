/** Words, not motion, while something is fetched; late enough that a quick answer shows nothing. */
export const Loading = () => <p class="fobwatch-loading">Loading</p>
