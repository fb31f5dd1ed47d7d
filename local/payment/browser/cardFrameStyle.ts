/** The look of Stripe's own theme; the variables are those of its appearance API that the frame understands. */
export const CARD_FRAME_STYLE = `
:root { --colorPrimary: #0570de; --colorBackground: #fff; --colorText: #30313d; --colorTextSecondary: #6d6e78; --colorDanger: #df1b41; --borderRadius: 5px; --fontFamily: system-ui, sans-serif; --fontSizeBase: 16px; --colorBorder: #8a8d99 }
* { box-sizing: border-box }
html { font-size: var(--fontSizeBase) }
body { margin: 0; padding: 2px; font: 0.93rem/1.4 var(--fontFamily); color: var(--colorText) }
.row { display: grid; grid-template-columns: 1fr 1fr; gap: .75rem }
.field { margin-bottom: .75rem }
label { display: block; margin-bottom: .25rem }
input { width: 100%; padding: .7rem .75rem; border: 1px solid var(--colorBorder); border-radius: var(--borderRadius); background: var(--colorBackground); color: var(--colorText); font: inherit; font-size: 1rem; box-shadow: 0 1px 1px rgb(0 0 0 / 3%), 0 3px 6px rgb(0 0 0 / 2%) }
input::placeholder { color: var(--colorTextSecondary); opacity: .8 }
input:focus { outline: 0; border-color: var(--colorPrimary); box-shadow: 0 0 0 3px color-mix(in srgb, var(--colorPrimary) 25%, transparent) }
input[aria-invalid=true] { border-color: var(--colorDanger); color: var(--colorDanger); box-shadow: 0 0 0 1px var(--colorDanger) }
.error { margin: .25rem 0 0; color: var(--colorDanger); font-size: .93rem }
.error:empty { display: none }
`;
